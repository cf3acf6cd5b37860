// Drawings as pictures and on paper, at their true size in millimetres.

const MM_OF_INCH = 25.4;

/** A drawing that says its size in millimetres, painted at so many pixels to the inch. */
async function canvas(svg, dpi) {
  const address = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const painted = document.createElement('canvas');
    // As the drawing itself says: an image knows whole pixels only.
    const pixels = side => Math.round((Number(new RegExp(`<svg[^>]* ${side}="([\\d.]+)mm"`).exec(svg)[1]) * dpi) / MM_OF_INCH);
    [painted.width, painted.height] = ['width', 'height'].map(pixels);
    painted.getContext('2d').drawImage(image, 0, 0, painted.width, painted.height);
    return painted;
  } finally {
    URL.revokeObjectURL(address);
  }
}

/** The same as PNG. */
async function painted(svg, dpi) {
  const picture = await canvas(svg, dpi);
  const blob = await new Promise(done => picture.toBlob(done, 'image/png'));
  if (!blob) throw new Error('no picture');
  return withResolution(blob, dpi);
}

/** The pixels of 256 rows from `top` down, or of those that are left; nothing below the last one. */
function rows(picture, top) {
  const count = Math.min(256, picture.height - top);
  return count > 0 ? picture.getContext('2d').getImageData(0, top, picture.width, count).data.buffer : undefined;
}

/** Puts content into the clipboard, by its kinds; what is still to come is a promise, so that the click counts. */
const copied = kinds => navigator.clipboard.write([new ClipboardItem(kinds)]);

/** The PNG with its resolution, so that it is placed at its true size: a pHYs chunk behind the header (PNG, 11.3.4.3). */
function withResolution(png, dpi) {
  const HEADER_END = 33;
  const chunk = new DataView(new ArrayBuffer(21));
  const perMetre = Math.round((dpi * 1000) / MM_OF_INCH);
  chunk.setUint32(0, 9);
  [...'pHYs'].forEach((letter, index) => chunk.setUint8(4 + index, letter.charCodeAt(0)));
  chunk.setUint32(8, perMetre);
  chunk.setUint32(12, perMetre);
  chunk.setUint8(16, 1);
  let rest = ~0;
  for (let index = 4; index < 17; index += 1) {
    rest ^= chunk.getUint8(index);
    for (let bit = 0; bit < 8; bit += 1) rest = rest & 1 ? (rest >>> 1) ^ 0xedb88320 : rest >>> 1;
  }
  chunk.setUint32(17, ~rest >>> 0);
  return new Blob([png.slice(0, HEADER_END), chunk.buffer, png.slice(HEADER_END)], { type: png.type });
}

/** Prints one figure alone: its CSS pixels are 96 to the inch of paper. */
function printOne(figure) {
  const root = document.documentElement;
  const change = on => {
    root.classList.toggle('printing-one', on);
    for (let node = figure; node && node !== root; node = node.parentElement) node.classList.toggle('to-print', on);
  };
  change(true);
  addEventListener('afterprint', () => change(false), { once: true });
  print();
}

// For the program of the page, which cannot import.
globalThis.cotsidePicture = Object.freeze({ canvas, painted, rows, copied, printOne, width: ({ width }) => width });

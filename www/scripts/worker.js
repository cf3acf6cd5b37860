// A worker of a page. Before this text stand the glues of its modules, as `glue.<module>`. The first message brings the name
// of the page and the compiled modules, the one that answers last; from then on that module answers (crates/worker).
let page;
let workbook;

const pageName = () => page;
const openWorkbook = (name, bytes) => (workbook ??= new glue.workbooks.Workbook()).open(name, bytes);
const workbookRows = sheet => workbook.rows(sheet);

onmessage = ({ data }) => {
  page = data.page;
  for (const [name, module] of Object.entries(data.modules)) glue[name].initSync({ module });
};

//! What the files of the site say before the program has started.

use super::{page, site};
use crate::languages::Boot;

/// See [`Boot`].
pub const BOOT: Boot = Boot {
    pages: &[
        (
            "",
            "Cotside",
            "公表された乳児白血病プロトコールがこの児をどう分類するかを、条項ごとに出典とともに示す。ブラウザーの中で動き、何も送信\
             しない。",
        ),
        (
            "stratify",
            page::STRATIFY,
            "乳児の所見を入力し、公表された各プロトコールのリスク群、決め手となった条項、結果が変わる条件を読む。",
        ),
        (
            "analyse",
            page::ANALYSE,
            "患者のファイルから、生存曲線、検定、ハザード、競合事象、時間依存の移植、印刷できる図を作る。ファイルはブラウザーの\
             外に出ない。",
        ),
        (
            "protocols",
            page::PROTOCOLS,
            "公表された乳児白血病プロトコールのリスク規則：条項、境界、出典、成績。",
        ),
        (
            "protocols/own",
            page::OWN,
            "公表されたものと同じ条項からプロトコールを書き、誤りを調べ、一人の児で試し、ほかと並べ、ファイルとして保存する。何も\
             送信しない。",
        ),
        (
            "evidence",
            page::EVIDENCE,
            "乳児白血病の公表成績を出典とともに：絞り込み、図、検算、比較、統合、曲線からの復元。すべてブラウザーの中で計算する。",
        ),
        (
            "combine",
            page::COMBINE,
            "複数の病院の患者を、個々の行を渡さずに一緒に解析する：各病院は合計のファイルを保存し、そのファイルを統合する。何も送信しない。",
        ),
        (
            "plan",
            page::PLAN,
            "乳児白血病の試験・コホートの必要症例数、検出力、検出可能な効果：公表された生存率、式、出典、Rのコードとともに。ブラウザーの中で計算\
             する。",
        ),
        (
            "about",
            page::ABOUT,
            "Cotsideの目的、対象とする利用者、そして何ではないか：教育・研究・参照のためのもので、医療機器ではない。",
        ),
        (
            "privacy",
            page::PRIVACY,
            "入力した内容が端末の外に出ることはない：何を読み込み、何を保存し、どう確認できるか。",
        ),
        (
            "changes",
            site::CHANGES,
            "規則の版：何をいつ、どの出典により訂正したか。公表成績の最終確認日。",
        ),
    ],
    not_found: (page::NOT_FOUND, "このアドレスにCotsideのページはない。"),
    protocol: "{name} の規則：条項、境界、移植規則、公表成績、出典。",
    loading: "読み込み中…",
    no_script: "Cotsideはブラウザーの中で計算するため、JavaScriptとWebAssemblyを必要とする。入力した内容が端末の外に出ることは\
                ない。このサイトのスクリプトを許可するか、コマンドライン版の cotside を用いる。",
    framed: (
        "Cotsideは他のページの中では動作しない。そのページが入力内容を読んだり隠したりできるためである。",
        "単独で開く",
    ),
};

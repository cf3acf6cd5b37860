//! What the files of the site say before the program has started.

use super::{page, site};
use crate::languages::Boot;

/// See [`Boot`].
pub const BOOT: Boot = Boot {
    pages: &[
        (
            "",
            "Cotside",
            "공개된 영아 백혈병 프로토콜이 이 영아를 어떻게 분류하는지 조항별로 출처와 함께 보여 줍니다. 브라우저 안에서 동작하며 \
             아무것도 전송하지 않습니다.",
        ),
        (
            "stratify",
            page::STRATIFY,
            "영아의 소견을 입력하고 공개된 각 프로토콜의 위험군, 결정한 조항, 결과가 바뀌는 조건을 읽습니다.",
        ),
        (
            "analyse",
            page::ANALYSE,
            "환자 파일에서 생존곡선, 검정, 위험비, 경쟁 사건, 시간에 따른 이식, 인쇄할 수 있는 그림을 만듭니다. 파일은 \
             브라우저 밖으로 나가지 않습니다.",
        ),
        (
            "protocols",
            page::PROTOCOLS,
            "공개된 영아 백혈병 프로토콜의 위험 규칙: 조항, 경계, 출처, 성적.",
        ),
        (
            "protocols/own",
            page::OWN,
            "공개된 것과 같은 조항으로 프로토콜을 작성하고, 오류를 확인하고, 한 영아에게 적용해 보고, 다른 프로토콜과 나란히 보고, \
             파일로 저장합니다. 아무것도 전송하지 않습니다.",
        ),
        (
            "evidence",
            page::EVIDENCE,
            "영아 백혈병의 발표 성적과 출처: 거르기, 그림, 검산, 비교, 통합, 곡선에서의 복원. 모두 브라우저 안에서 계산합니다.",
        ),
        (
            "combine",
            page::COMBINE,
            "여러 병원의 환자를 행 자료를 넘기지 않고 함께 분석합니다: 각 병원은 합계 파일을 저장하고, 그 파일을 통합합니다. 아무것도 전송하지 않습니다.",
        ),
        (
            "plan",
            page::PLAN,
            "영아 백혈병 임상시험·코호트의 필요 환자 수, 검정력, 검출 가능한 효과: 발표된 생존율, 공식, 출처, R 코드와 함께. 브라우저 안에서 \
             계산합니다.",
        ),
        (
            "about",
            page::ABOUT,
            "Cotside의 목적과 대상 이용자, 그리고 무엇이 아닌지: 교육, 연구, 참조를 위한 것이며 의료기기가 아닙니다.",
        ),
        (
            "privacy",
            page::PRIVACY,
            "입력한 내용은 기기 밖으로 나가지 않습니다: 무엇을 불러오고 무엇을 저장하며 어떻게 확인하는지 설명합니다.",
        ),
        (
            "changes",
            site::CHANGES,
            "규칙의 판: 무엇을 언제 어떤 출처에 따라 정정했는지, 발표 성적을 마지막으로 확인한 날.",
        ),
    ],
    not_found: (page::NOT_FOUND, "이 주소에는 Cotside의 페이지가 없습니다."),
    protocol: "{name}의 규칙: 조항, 경계, 이식 규칙, 발표 성적, 출처.",
    loading: "불러오는 중…",
    no_script: "Cotside는 브라우저 안에서 계산하므로 JavaScript와 WebAssembly가 필요합니다. 입력한 내용은 기기 밖으로 나가지 \
                않습니다. 이 사이트의 스크립트를 허용하거나 명령줄 프로그램 cotside를 사용합니다.",
    framed: (
        "Cotside는 다른 페이지 안에서 실행되지 않습니다. 그 페이지가 입력한 내용을 읽거나 가릴 수 있기 때문입니다.",
        "따로 열기",
    ),
};

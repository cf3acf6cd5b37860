//! The views of a result: its chart, the numbers in full, published estimates over it, how it is drawn, its methods.

use cotside_words::lang::cohort_page::{self as words, view};
use leptos::prelude::*;

/// A view of a result.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum View {
    /// The figure with the numbers that matter most.
    Chart,
    /// All numbers.
    Table,
    /// Published estimates over the curve.
    Published,
    /// How figures look.
    Options,
    /// The methods of this result.
    Methods,
}

impl View {
    /// Its name in the page.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Chart => "chart",
            Self::Table => "table",
            Self::Published => "published",
            Self::Options => "options",
            Self::Methods => "methods",
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Chart => view::CHART,
            Self::Table => view::TABLE,
            Self::Published => view::PUBLISHED,
            Self::Options => view::OPTIONS,
            Self::Methods => view::METHODS,
        }
    }
}

/// The views that a result has; none for one that is a table.
pub fn views_of(route: &str) -> &'static [View] {
    match route {
        "survival" => &[View::Chart, View::Table, View::Published, View::Options, View::Methods],
        "competing" | "transplant" | "cox" | "adjusted" | "cure" | "parametric" => {
            &[View::Chart, View::Table, View::Options, View::Methods]
        }
        "subgroups" => &[View::Chart, View::Table, View::Options],
        "panels" => &[View::Chart, View::Options],
        _ => &[],
    }
}

/// The view of a result that is shown: the chosen one where the result has it.
pub fn shown_view(route: &str, chosen: View) -> View {
    if views_of(route).contains(&chosen) {
        chosen
    } else {
        View::Chart
    }
}

/// The buttons of the views of a result.
#[component]
pub fn Views(
    /// The result.
    route: &'static str,
    /// The view.
    tab: RwSignal<View>,
) -> impl IntoView {
    let button = move |view: &View| {
        let view = *view;
        let pressed = move || (shown_view(route, tab.get()) == view).to_string();
        view! {
            <button type="button" data-testid=format!("view-{}", view.code()) aria-pressed=pressed on:click=move |_| tab.set(view)>
                {view.name()}
            </button>
        }
    };
    let views = views_of(route);
    (!views.is_empty()).then(|| {
        view! {
            <div class="result-views" role="group" aria-label=words::VIEWS>{views.iter().map(button).collect_view()}</div>
        }
    })
}

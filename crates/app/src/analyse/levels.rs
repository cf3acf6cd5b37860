//! The groups of a variable: which are compared, their names and order, the reference; and where numbers are cut.

use cotside_core::cohort::{Cut, Grouping, Limit};
use cotside_messages::{
    COLOURS_OF_GROUPS, Colours, FactorChoice, GroupChoice, Settings, merge, move_group, rename, rename_in_filter,
    split, tick,
};
use cotside_words::lang::levels_page as words;
use leptos::html::Button;
use leptos::prelude::*;

use super::control::{Select, Text};
use super::settings::Asked;

/// The factor with this id, where it can be grouped.
fn factor_of(asked: Asked, id: Signal<String>) -> Memo<Option<FactorChoice>> {
    Memo::new(move |_| {
        let id = id.get();
        asked.choices.with(|choices| {
            let factors = &choices.as_ref()?.factors;
            factors.iter().find(|factor| factor.id == id).cloned()
        })
    })
}

/// The groups of a factor that are drawn: those with patients.
fn drawn(factor: &FactorChoice) -> impl Iterator<Item = &GroupChoice> {
    factor
        .groups
        .iter()
        .filter(|group| !group.is_left_out && group.patients > 0)
}

/// Names of the groups of a factor that are drawn.
fn names(factor: &FactorChoice) -> Vec<String> {
    drawn(factor).map(|group| group.name.clone()).collect()
}

/// The colours of the groups that are compared, as places in the palette from 0.
pub fn colours_of_groups(asked: Asked) -> Memo<Vec<usize>> {
    let factor = factor_of(asked, asked.text(|settings| settings.group.clone()));
    Memo::new(move |_| {
        let of = |factor: &FactorChoice| {
            let colours = |settings: &Settings| settings.figure.group_colours.of(&factor.id, &names(factor));
            asked.settings.with(colours)
        };
        factor.with(|factor| factor.as_ref().map(of).unwrap_or_default())
    })
}

/// Changes the grouping of a factor.
fn regroup(asked: Asked, factor: Memo<Option<FactorChoice>>, change: impl FnOnce(&mut Grouping)) {
    let Some(factor) = factor.get_untracked() else {
        return;
    };
    asked.change(|settings| {
        let mut grouping = factor.grouping(settings.levels.get(&factor.id));
        change(&mut grouping);
        settings.group_levels(&factor.id, Some(grouping));
    });
}

/// A group is known by its levels, which stay while its name and place change.
type Key = (String, Vec<String>);

fn keys(factor: &FactorChoice) -> Vec<Key> {
    let key = |group: &GroupChoice| (factor.id.clone(), group.of.clone());
    factor.groups.iter().map(key).collect()
}

/// The groups of the variable with this id, and its cut-points.
#[component]
pub fn Levels(
    /// The settings.
    asked: Asked,
    /// The id of the variable; nothing is shown of one that is not known.
    #[prop(into)]
    id: Signal<String>,
) -> impl IntoView {
    let factor = factor_of(asked, id);
    let known = Memo::new(move |_| factor.with(|factor| factor.as_ref().map(|factor| factor.name.clone())));
    let is_set = Memo::new(move |_| {
        asked
            .settings
            .with(|settings| id.with(|id| settings.levels.contains_key(id)))
    });
    let unknown = move || factor.with(|factor| factor.as_ref().map_or(0, |factor| factor.unknown));
    let colours = colours_of_groups(asked);
    let is_number =
        Memo::new(move |_| factor.with(|factor| factor.as_ref().is_some_and(|each| each.numbers.is_some())));
    let reset = move |_| {
        let id = id.get_untracked();
        asked.change(|settings| settings.group_levels(&id, None));
    };
    move || {
        known.get().map(|name| {
            view! {
                <fieldset class="levels" data-testid="levels">
                    <legend>{words::levels_of(&name)}</legend>
                    <ul>
                        <For
                            each=move || factor.with(|factor| factor.as_ref().map(keys).unwrap_or_default())
                            key=Clone::clone
                            let:key
                        >
                            <Level asked factor colours key/>
                        </For>
                    </ul>
                    {move || (unknown() > 0).then(|| view! { <p class="quiet missing">{words::missing(unknown())}</p> })}
                    {move || is_number.get().then(|| view! { <CutPoints asked factor/> })}
                    {move || is_set.get().then(|| view! {
                        <button type="button" class="link" data-testid="reset-levels" on:click=reset>{words::RESET}</button>
                    })}
                </fieldset>
            }
        })
    }
}

/// One group: its tick, colour, name, reference and count, and a fold with what can be changed of it.
#[component]
fn Level(
    asked: Asked,
    factor: Memo<Option<FactorChoice>>,
    /// The colours of the groups that are compared.
    colours: Memo<Vec<usize>>,
    key: Key,
) -> impl IntoView {
    let (id, of) = key;
    let of = StoredValue::new(of);
    let group = Memo::new(move |_| {
        factor.with(|factor| {
            let groups = factor.iter().flat_map(|factor| &factor.groups);
            of.with_value(|of| groups.clone().find(|group| group.of == *of).cloned())
                .unwrap_or_default()
        })
    });
    // The colour of its curve, which only groups with patients have: a place in the palette.
    let compared = asked.truth(move |settings| settings.group == id);
    let colour = Memo::new(move |_| {
        let place = factor.with(|factor| {
            let mut drawn = factor.iter().flat_map(drawn);
            of.with_value(|of| drawn.position(|group| group.of == *of))
        });
        let colour = place.and_then(|place| colours.with(|colours| colours.get(place).copied()));
        colour
            .filter(|_| compared.get())
            .map(|colour| colour % COLOURS_OF_GROUPS)
    });
    let series = move || colour.get().map(|colour| colour + 1);
    let name = move || group.with(|group| group.name.clone());
    let ticked = Memo::new(move |_| group.with(|group| !group.is_left_out));
    let reference = move || {
        group.with(|group| group.is_reference).then(|| {
            view! { <abbr class="quiet" title=words::REFERENCE_MEANING>{words::REFERENCE}</abbr> }
        })
    };
    let set = move |event| {
        let is_compared = event_target_checked(&event);
        regroup(asked, factor, |grouping| {
            of.with_value(|of| tick(grouping, of, is_compared))
        });
    };
    let palette = asked.text(|settings| settings.figure.colours.code().to_owned());
    let open = RwSignal::new(false);
    view! {
        <li>
            <label class="tick">
                <input
                    type="checkbox"
                    name="level"
                    autocomplete="off"
                    prop:checked=ticked
                    // Firefox writes to disk what the page did not have at first.
                    prop:defaultChecked=ticked
                    on:change=set
                />
                <span class="swatch" data-series=series data-colours=palette></span>
                <span>{name}" "{reference}</span>
            </label>
            <span class="count">{move || group.with(|group| group.patients)}</span>
            <button
                type="button"
                class="link"
                aria-label=move || words::edit(&name())
                aria-expanded=move || open.get().to_string()
                on:click=move |_| open.update(|open| *open = !*open)
            >
                {words::EDIT}
            </button>
            {move || open.get().then(|| view! { <EditLevel asked factor group colour of/> })}
        </li>
    }
}

/// Name, place, reference, merging and splitting of one group.
#[component]
fn EditLevel(
    asked: Asked,
    factor: Memo<Option<FactorChoice>>,
    group: Memo<GroupChoice>,
    /// The place of its colour in the palette; none where it has no curve.
    colour: Memo<Option<usize>>,
    of: StoredValue<Vec<String>>,
) -> impl IntoView {
    let change = move |change: fn(&mut Grouping, &[String])| {
        regroup(asked, factor, |grouping| of.with_value(|of| change(grouping, of)));
    };
    // A line that is put elsewhere loses the focus.
    let (up, down) = (NodeRef::<Button>::new(), NodeRef::<Button>::new());
    let moved = StoredValue::new(None::<bool>);
    let moved_by = move |is_up: bool| {
        moved.set_value(Some(is_up));
        change(if is_up {
            |grouping, of| move_group(grouping, of, true)
        } else {
            |grouping, of| move_group(grouping, of, false)
        });
    };
    Effect::new(move |_| {
        factor.track();
        if let Some(is_up) = moved.get_value() {
            moved.set_value(None);
            request_animation_frame(move || {
                if let Some(button) = if is_up { up } else { down }.get_untracked() {
                    let _ = button.focus();
                }
            });
        }
    });
    let named = move |name: String| {
        let Some(factor) = factor.get_untracked() else {
            return;
        };
        asked.change(|settings| {
            let mut grouping = factor.grouping(settings.levels.get(&factor.id));
            if of.with_value(|of| rename(&mut grouping, of, &name)) {
                let before = group.with_untracked(|group| group.name.clone());
                rename_in_filter(&mut settings.only, &factor.id, &before, name.trim());
                settings.group_levels(&factor.id, Some(grouping));
            }
        });
    };
    let refer = move |_| {
        let name = group.with_untracked(|group| group.name.clone());
        regroup(asked, factor, |grouping| grouping.reference = Some(name));
    };
    let others = move || {
        let other = |group: &GroupChoice| (group.of.join("\u{1f}"), group.name.clone(), true);
        let all = factor.with(|factor| factor.as_ref().map(|factor| factor.groups.clone()).unwrap_or_default());
        let others = all
            .iter()
            .filter(|group| of.with_value(|of| group.of != *of))
            .map(other);
        let none = (String::new(), words::MERGE_NONE.to_owned(), true);
        std::iter::once(none).chain(others).collect::<Vec<_>>()
    };
    let merged = move |with: String| {
        let with: Vec<String> = with.split('\u{1f}').map(str::to_owned).collect();
        regroup(asked, factor, |grouping| of.with_value(|of| merge(grouping, of, &with)));
    };
    let is_merged = move || group.with(|group| group.of.len() > 1);
    // The select stays where its colour changes.
    let has_curve = Memo::new(move |_| colour.with(Option::is_some));
    let chosen_colour = Signal::derive(move || colour.get().map(|colour| colour.to_string()).unwrap_or_default());
    let palette = Signal::derive(move || {
        let is_second = asked
            .settings
            .with(|settings| settings.figure.colours == Colours::Purple);
        let name = |(place, name): (usize, &&str)| (place.to_string(), (*name).to_owned(), true);
        words::colours(is_second)
            .iter()
            .enumerate()
            .map(name)
            .collect::<Vec<_>>()
    });
    let coloured = move |place: String| {
        let (Ok(place), Some(factor)) = (place.parse(), factor.get_untracked()) else {
            return;
        };
        let name = group.with_untracked(|group| group.name.clone());
        asked.change(|settings| {
            let colours = &mut settings.figure.group_colours;
            colours.choose(&factor.id, &names(&factor), &name, place);
        });
    };
    view! {
        <div class="edit">
            <Text name="level-name" label=words::NAME value=Signal::derive(move || group.with(|group| group.name.clone())) choose=named/>
            <div class="buttons">
                <button type="button" node_ref=up on:click=move |_| moved_by(true)>{words::UP}</button>
                <button type="button" node_ref=down on:click=move |_| moved_by(false)>{words::DOWN}</button>
                <button type="button" on:click=refer>{words::MAKE_REFERENCE}</button>
                {move || is_merged().then(|| view! {
                    <button type="button" on:click=move |_| change(split)>{words::SPLIT}</button>
                })}
            </div>
            {move || has_curve.get().then(|| view! {
                <Select name="level-colour" label=words::COLOUR options=palette value=chosen_colour choose=coloured/>
            })}
            <Select name="level-merge" label=words::MERGE options=Signal::derive(others) value=Signal::derive(String::new) choose=merged/>
        </div>
    }
}

/// Where a number is cut: usual limits as buttons, others typed, and where a value at a limit belongs.
#[component]
fn CutPoints(asked: Asked, factor: Memo<Option<FactorChoice>>) -> impl IntoView {
    let numbers = Memo::new(move |_| {
        factor
            .with(|factor| factor.as_ref()?.numbers.clone())
            .unwrap_or_default()
    });
    let wrong = RwSignal::new(false);
    let cut = move |cut: Cut| {
        let Some(factor) = factor.get_untracked() else {
            return;
        };
        wrong.set(false);
        // Groups of other limits have other names.
        let grouping = Grouping {
            cut: Some(cut),
            ..Grouping::default()
        };
        asked.change(|settings| settings.group_levels(&factor.id, Some(grouping)));
    };
    let side = move || numbers.with(|numbers| numbers.limit_is_lower);
    let typed = move |text: String| match Cut::parse(&text) {
        Ok(limits) => cut(Cut {
            limit_is_lower: side(),
            ..limits
        }),
        Err(_) => wrong.set(!text.trim().is_empty()),
    };
    let toggled = move |limit: Limit| {
        let before = numbers.with_untracked(|numbers| (numbers.at.clone(), numbers.source.is_empty()));
        // The first choice replaces what stood there by itself.
        let before = Cut::parse(&before.0).ok().filter(|_| before.1);
        let mut at = before.map(|before| before.at).unwrap_or_default();
        at.retain(|each| (*each == Limit::Median) == (limit == Limit::Median));
        match at.iter().position(|each| *each == limit) {
            Some(place) if at.len() > 1 => {
                at.remove(place);
            }
            Some(_) => {}
            None => at.push(limit),
        }
        cut(Cut {
            at,
            limit_is_lower: numbers.with_untracked(|numbers| numbers.limit_is_lower),
        });
    };
    let usual = move |choice: cotside_messages::Choice| {
        let text = choice.id.clone();
        let limit = Limit::parse(&choice.id).ok();
        let is_used = move || {
            let used = Cut::parse(&numbers.with(|numbers| numbers.at.clone())).map(|cut| cut.at);
            used.is_ok_and(|used| limit.is_some_and(|limit| used.contains(&limit)))
        };
        view! {
            <button
                type="button"
                data-limit=text
                aria-pressed=move || is_used().to_string()
                on:click=move |_| if let Some(limit) = limit { toggled(limit) }
            >
                {choice.name}
            </button>
        }
    };
    let sides =
        [("upper", words::UPPER), ("lower", words::LOWER)].map(|(code, name)| (code.to_owned(), name.to_owned(), true));
    let sided = move |code: String| {
        if let Ok(limits) = Cut::parse(&numbers.with_untracked(|numbers| numbers.at.clone())) {
            cut(Cut {
                limit_is_lower: code == "lower",
                ..limits
            });
        }
    };
    let can_choose_side = Memo::new(move |_| numbers.with(|numbers| numbers.can_choose_side));
    let heading = move || numbers.with(|numbers| words::cut_points(&numbers.shown, &numbers.source));
    view! {
        <details class="more" data-testid="cut-points">
            <summary>{heading}</summary>
            <div class="buttons" role="group" aria-label=words::USUAL>
                {move || numbers.with(|numbers| numbers.usual.clone()).into_iter().map(usual).collect_view()}
            </div>
            <Text name="cut" label=words::CUT_POINTS value=Signal::derive(move || numbers.with(|numbers| numbers.at.clone())) choose=typed/>
            <p role="alert" class="invalid">{move || if wrong.get() { words::NO_CUT } else { "" }}</p>
            {move || can_choose_side.get().then(|| view! {
                <Select
                    name="cut-side"
                    label=words::AT_LIMIT
                    options=sides.to_vec()
                    value=Signal::derive(move || if side() { "lower" } else { "upper" }.to_owned())
                    choose=sided
                />
            })}
        </details>
    }
}

/// The groups of variables that are not compared: they count in subsets, models and tables too.
#[component]
pub fn OtherLevels(asked: Asked) -> impl IntoView {
    let chosen = RwSignal::new(String::new());
    let factors = asked.list(move |choices| {
        let group = &choices.settings.group;
        let others = choices.factors.iter().filter(|factor| factor.id != *group);
        let others = others.map(|factor| (factor.id.clone(), factor.name.clone(), true));
        let none = (String::new(), words::CHOOSE.to_owned(), true);
        std::iter::once(none).chain(others).collect()
    });
    view! {
        <details class="more" data-testid="other-levels">
            <summary>{words::OTHERS}</summary>
            <Select name="other-levels" label=words::VARIABLE options=factors value=chosen choose=move |id| chosen.set(id)/>
            <Levels asked id=chosen/>
        </details>
    }
}

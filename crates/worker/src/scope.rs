//! The worker's own scope: messages to requests, replies to messages.

use std::cell::RefCell;
use std::rc::Rc;

use cotside_messages::{Event, Request};
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::prelude::*;
use web_sys::{DedicatedWorkerGlobalScope, MessageChannel, MessageEvent, MessagePort};

use crate::dispatch::Page;
use crate::reply::Reply;

#[wasm_bindgen]
extern "C" {
    /// Which page this worker is for; defined in `www/scripts/worker.js`.
    #[wasm_bindgen(js_name = pageName)]
    pub fn page_name() -> String;
}

/// Answers every message of the page from now on, and says that the worker is ready.
///
/// # Panics
/// Where the browser makes no message channel: the page is told that its worker failed.
pub fn serve(page: Box<dyn Page>) {
    let Ok(turn) = MessageChannel::new() else {
        wasm_bindgen::throw_str("this browser has no message channels");
    };
    let served = Rc::new(Served {
        page: RefCell::new(page),
        scope: js_sys::global().unchecked_into(),
        turn: turn.port2(),
    });
    let first = served.page.borrow_mut().first();

    let answering = Rc::clone(&served);
    let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        let request: Request = value(event.data());
        let reply = answering
            .page
            .borrow_mut()
            .answer(request, &mut |said| answering.post(said.events()));
        let done = Event::Done {
            of_file: reply.of_file,
            restored: reply.restored,
            beside: reply.beside,
        };
        answering.answered(reply, Some(done));
    });
    served.scope.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    on_message.forget();

    let proceeding = Rc::clone(&served);
    let on_turn = Closure::<dyn FnMut()>::new(move || {
        let reply = proceeding
            .page
            .borrow_mut()
            .proceed(&mut |said| proceeding.post(said.events()));
        proceeding.answered(reply, None);
    });
    turn.port1().set_onmessage(Some(on_turn.as_ref().unchecked_ref()));
    on_turn.forget();

    let restores = served.page.borrow().restores();
    served.post(first.events().into_iter().chain([Event::Ready { restores }]).collect());
}

struct Served {
    page: RefCell<Box<dyn Page>>,
    scope: DedicatedWorkerGlobalScope,
    /// Between two pieces of work other messages have their turn.
    turn: MessagePort,
}

impl Served {
    fn answered(&self, reply: Reply, end: Option<Event>) {
        let more = reply.more == Some(true);
        self.post(reply.events().into_iter().chain(end).collect());
        if more {
            let _ = self.turn.post_message(&JsValue::NULL);
        }
    }

    fn post(&self, events: Vec<Event>) {
        match events.serialize(&serde_wasm_bindgen::Serializer::new()) {
            Ok(value) => {
                let _ = self.scope.post_message(&value);
            }
            Err(error) => wasm_bindgen::throw_val(error.into()),
        }
    }
}

/// A value that came as a message; one of another shape is a fault of the page and ends the worker.
pub(crate) fn value<T: DeserializeOwned>(value: JsValue) -> T {
    serde_wasm_bindgen::from_value(value).unwrap_or_else(|error| wasm_bindgen::throw_val(error.into()))
}

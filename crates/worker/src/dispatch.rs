//! Requests in, replies out: which page answers what.

use cotside_messages::Request;

use crate::custom_protocol::CustomProtocol;
use crate::evidence::EvidencePage;
use crate::reply::Reply;

/// A page as its worker sees it.
pub trait Page {
    /// What the page shows first.
    fn first(&mut self) -> Reply {
        Reply::default()
    }

    /// Whether it can put a file back without computing.
    fn restores(&self) -> bool {
        false
    }

    /// Answers a request; `tell` takes what is said before the answer.
    fn answer(&mut self, request: Request, tell: &mut dyn FnMut(Reply)) -> Reply;

    /// Does a piece of what an answer left to be done (`more`). Between two pieces other requests have their turn.
    fn proceed(&mut self, tell: &mut dyn FnMut(Reply)) -> Reply {
        let _ = tell;
        Reply::default()
    }
}

impl Page for EvidencePage {
    fn first(&mut self) -> Reply {
        self.start()
    }

    fn answer(&mut self, request: Request, _: &mut dyn FnMut(Reply)) -> Reply {
        match request {
            Request::Open { name, bytes, .. } => self.open(&name, &bytes),
            Request::Evidence { value } => self.ask(value),
            Request::Trace { value } => self.trace(&value),
            Request::Export { name } => Reply::file(self.export(&name)),
            Request::File { .. }
            | Request::Settings(_)
            | Request::Show { .. }
            | Request::Protocol { .. }
            | Request::Combine { .. }
            | Request::Restore { .. } => Reply::default(),
        }
    }
}

impl Page for CustomProtocol {
    fn answer(&mut self, request: Request, _: &mut dyn FnMut(Reply)) -> Reply {
        match request {
            Request::Open { name, bytes, .. } => self.open(&name, &bytes),
            Request::Protocol { request } => self.ask(request),
            Request::File { .. }
            | Request::Settings(_)
            | Request::Show { .. }
            | Request::Evidence { .. }
            | Request::Export { .. }
            | Request::Combine { .. }
            | Request::Trace { .. }
            | Request::Restore { .. } => Reply::default(),
        }
    }
}

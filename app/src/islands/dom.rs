//! Reaching the elements of the page around an island. In the server's build there is no page, and nothing here is called.

#[cfg(feature = "hydrate")]
mod browser {
    use wasm_bindgen::JsCast;
    use wasm_bindgen::prelude::Closure;
    use web_sys::{Document, Element, Event, EventTarget};

    /// The page.
    pub fn document() -> Option<Document> {
        web_sys::window()?.document()
    }

    /// The element with this id, as the type asked for.
    pub fn by_id<T: JsCast>(id: &str) -> Option<T> {
        document()?.get_element_by_id(id)?.dyn_into().ok()
    }

    /// Calls `act` at every such event, for as long as the page lives.
    pub fn on(target: &EventTarget, kind: &str, act: impl FnMut(Event) + 'static) {
        let closure = Closure::<dyn FnMut(Event)>::new(act);
        // It fails only for a closure that is none.
        let _ = target.add_event_listener_with_callback(kind, closure.as_ref().unchecked_ref());
        closure.forget();
    }

    /// Sets an attribute, or removes it.
    pub fn set(element: &Element, name: &str, value: Option<&str>) {
        let _ = match value {
            Some(value) => element.set_attribute(name, value),
            None => element.remove_attribute(name),
        };
    }
}

#[cfg(feature = "hydrate")]
pub use browser::{by_id, document, on, set};

//! What moves. Pages are whole without any of this; an island only adds to a form that works already.
//!
//! To add one: a file here with one `#[island]`. It renders the same in both builds and does its work in an [`Effect`], which only runs in
//! the browser. Its texts come as props, and it never sends a form by itself except where a person would have pressed the button anyway.
//!
//! [`Effect`]: leptos::prelude::Effect

mod dom;

pub mod code_entry;
pub mod countdown;
pub mod delivery_watch;
pub mod phone_check;
pub mod submit_once;

//! Documents that no one means well with: wrong in many ways, very large, very deep, or out of
//! order; and such bodies.

mod changes;
mod mutations;
mod names;
mod services;
mod sizes;
mod whatwg;
mod wire;

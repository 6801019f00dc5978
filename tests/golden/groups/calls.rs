//! The calls of `lamps.yaml`: each group has all that its operations need.

use std::any::TypeId;

use lamps::runtime::{Call, RequestError};
use lamps::{Credentials, Upload, http_operations, rooms, switches, r#type};

/// Method, path and headers of a call with a key.
fn sent<R>(call: Result<Call<R>, RequestError>) -> String {
    let call = call.and_then(|call| call.authorize(&Credentials::bearer("t")));
    let call = call.unwrap_or_else(|error| panic!("{error}"));
    let headers = call.headers().iter().filter(|(name, _)| *name == "authorization");
    let headers = headers.map(|(name, value)| format!(" {name}: {value}"));
    [format!("{} {}", call.method(), call.path())].into_iter().chain(headers).collect()
}

#[test]
fn operations_are_in_the_modules_of_their_groups() {
    let lamp = lamps::lamps::Lamp::new(lamps::lamps::Color::Red);
    assert_eq!(sent(lamps::lamps::CreateLamp::new(lamp).call()), "POST /v1/lamps authorization: Bearer t");
    assert_eq!(sent(lamps::lamps::ListLamps::new().call()), "GET /v1/lamps authorization: Bearer t");
    let room = rooms::Room::new([rooms::Lamp::new(rooms::Color::Green)]);
    assert_eq!(sent(rooms::PutRoom::new("hall", room).call()), "PUT /v1/rooms/hall");
    assert_eq!(sent(http_operations::GetHttp::new().call()), "GET /v1/http authorization: Bearer t");
    let form = r#type::LampForm::new(r#type::Color::Red, Upload::from_bytes(&b"x"[..]));
    assert_eq!(sent(r#type::SwitchAll::new(form).call()), "POST /v1/http authorization: Bearer t");
    let own = switches::DeleteSwitch::new(switches::Color::Red);
    assert_eq!(sent(own.call()), "DELETE /v1/switches/red authorization: Bearer t");
}

#[test]
fn a_type_is_one_in_all_groups() {
    let colors = [
        TypeId::of::<lamps::lamps::Color>(),
        TypeId::of::<rooms::Color>(),
        TypeId::of::<switches::Color>(),
        TypeId::of::<r#type::Color>(),
    ];
    assert!(colors.iter().all(|color| *color == colors[0]));
    let same: http_operations::GetHttpHeaders = lamps::lamps::ListLampsHeaders::new(&lamps::ResponseHead::new(200));
    assert!(matches!(same.x_count(), Ok(None)));
    let errors: [TypeId; 2] = [TypeId::of::<rooms::PutRoomError>(), TypeId::of::<lamps::lamps::ListLampsError>()];
    assert_eq!(errors[0], errors[1]);
}

//! The URLs of `servers.yaml`.

use servers::servers::{self as list, Server, TenantLampsExamplePort, UploadServerUrlSelf};
use servers::{ReadFilm, WriteFilm};

#[test]
fn variables_have_defaults_and_take_any_value() {
    assert_eq!(servers::SERVER, "https://us.lamps.example/v1/us");
    assert_eq!(Server::new().url(), servers::SERVER);
    assert_eq!(Server::default().region("eu").url(), "https://eu.lamps.example/v1/eu");
    let server = Server::new().region("local").version("v2".to_owned());
    assert_eq!(server.url(), "https://local.lamps.example/v2/local");
    assert_eq!(TenantLampsExamplePort::new("acme").url(), "https://acme.lamps.example:443");
    assert_eq!(TenantLampsExamplePort::new("acme").port("8443").url(), "https://acme.lamps.example:8443");
}

#[test]
fn an_operation_may_be_at_a_server_of_its_own() {
    assert_eq!(ReadFilm::SERVER, "/films");
    assert_eq!(WriteFilm::SERVER, "https://upload.lamps.example/v1/x");
    assert_eq!(UploadServerUrlSelf::new().upload_server("h").this("y").url(), "https://h/v1/y");
}

#[test]
fn other_servers_are_constants() {
    let urls = [list::LOCALHOST_8080, list::STAGING, list::HTTP_MIRROR_LAMPS_EXAMPLE, list::ROOT];
    assert_eq!(urls, ["http://localhost:8080/", "https://staging.lamps.example", "http://mirror.lamps.example", "./"]);
}

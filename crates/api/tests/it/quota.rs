//! The bound on what is kept of one subproject over HTTP (robustness goal 44).

use nachweis_domain::{figures::QuarterlyFigures, key::SubprojectNo, limits};
use nachweis_service::Service;
use nachweis_store::testing::Backend;
use serde_json::{Value, json};

use crate::{
    access,
    client::{Answer, Client},
    headers,
    world::World,
};

/// A story with its name, told on each database.
type Story = (&'static str, fn(Backend));

pub(crate) const TESTS: &[Story] =
    crate::tests![a_subproject_is_filled_up_to_the_limit_and_no_further_and_the_others_go_on];

/// A right workbook of a subproject that differs from the others by a word.
fn workbook(world: &World, no: &SubprojectNo, told: &str) -> Vec<u8> {
    let mut figures: QuarterlyFigures = world.figures(no);
    for part in &mut figures.narrative {
        part.text.value = format!("Verlauf: {told}.");
    }
    world.workbook(no, &figures)
}

/// Makes the first upload of a subproject count so many bytes that as many are left below the limit.
fn leave(world: &World, first: &str, others: usize, left: usize) {
    let size = limits::SUBPROJECT_BYTES.size() - others - left;
    world.tamper(&format!(
        "UPDATE upload SET size_bytes = {size} WHERE id = '{first}'"
    ));
}

fn id(receipt: &Value) -> String {
    receipt["id"].as_str().unwrap().to_owned()
}

fn is_full(answer: &Answer, words: &str) {
    headers::secure("507", answer);
    assert_eq!(answer.header("content-type"), "application/problem+json");
    let problem = answer.expect(507);
    assert_eq!(
        (&problem["code"], &problem["status"]),
        (&json!("subproject-full"), &json!(507))
    );
    assert_eq!(problem["detail"], words);
}

fn a_subproject_is_filled_up_to_the_limit_and_no_further_and_the_others_go_on(backend: Backend) {
    let world = World::on(backend, 2);
    let (no, other) = (&world.numbers[0], &world.numbers[1]);
    let lead = world.lead("lead", &[no, other]);
    let client: Client = world.client_of(&lead);
    let uploads = format!("/api/v1/subprojects/{no}/quarters/2023-Q1/uploads");
    let [one, two, three, four] = ["eins", "zwei", "drei", "vier"].map(|word| workbook(&world, no, word));
    let first = id(&client.upload(&uploads, &one).expect(201));
    // One byte less than what is left, exactly what is left, one byte more.
    leave(&world, &first, 0, two.len() + 1);
    client.upload(&uploads, &two).expect(201);
    leave(&world, &first, two.len(), three.len());
    let third = client.upload(&uploads, &three).expect(201);
    leave(&world, &first, two.len() + three.len(), four.len() - 1);
    is_full(
        &client.upload(&uploads, &four),
        "As much is kept for this subproject as is intended. Please turn to those who run the service.",
    );
    is_full(
        &client.with("accept-language", "de").upload(&uploads, &four),
        "Für dieses Teilvorhaben ist so viel gespeichert wie vorgesehen. Bitte an die Betriebsstelle des Dienstes wenden.",
    );
    goes_on(&world, &client, &id(&third), other);
    // What was refused left nothing behind, and room makes it welcome. The operator's import knows no such bound.
    assert_eq!(
        world.store.uploads_of(no, crate::world::quarter()).unwrap().len(),
        3
    );
    leave(&world, &first, two.len() + three.len(), 0);
    let quarter = crate::world::quarter();
    let kept = world
        .service
        .receive_upload(&Service::operator(), no, quarter, "a.xlsx", four);
    assert!(!kept.unwrap().same_as_before);
    let one_more = workbook(&world, no, "fünf");
    assert_eq!(client.upload(&uploads, &one_more).status, 507);
    leave(&world, &first, 0, limits::FILE_SIZE.size());
    client.upload(&uploads, &one_more).expect(201);
}

/// A full subproject is read and handed in, and other subprojects are filled.
fn goes_on(world: &World, client: &Client, upload: &str, other: &SubprojectNo) {
    client.get(&format!("/api/v1/uploads/{upload}")).expect(200);
    let verdict = world
        .service
        .upload(&Service::operator(), upload.parse().unwrap())
        .unwrap();
    let body = json!({ "comments": access::comments(&verdict) });
    client
        .post(&format!("/api/v1/uploads/{upload}/submit"), &body)
        .expect(200);
    let uploads = format!("/api/v1/subprojects/{other}/quarters/2023-Q1/uploads");
    client
        .upload(&uploads, &workbook(world, other, "eins"))
        .expect(201);
}

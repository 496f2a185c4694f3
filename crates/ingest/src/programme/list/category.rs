//! The category of region of an operation: from the list, else from its place, else the assumption that is stated.

use nachweis_domain::region::RegionCategory;

use super::spelling::compact;

/// The category that a cell of the list names: `SER`, `ÜR`, `UER`, `transition region` …
pub(super) fn named(text: &str) -> Option<RegionCategory> {
    let text = compact(text);
    let more = ["staerkerentwickelt", "moredeveloped"]
        .iter()
        .any(|name| text.contains(name))
        || text == "ser";
    let transition = ["uebergangsregion", "transition"]
        .iter()
        .any(|name| text.contains(name))
        || ["uer", "ueer", "ur", "uebergang"].contains(&text.as_str());
    match (more, transition) {
        (true, false) => Some(RegionCategory::MoreDeveloped),
        (false, true) => Some(RegionCategory::Transition),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn categories_are_understood_by_their_usual_names() {
        let cases = [
            ("SER", Some(RegionCategory::MoreDeveloped)),
            ("stärker entwickelte Region", Some(RegionCategory::MoreDeveloped)),
            ("UER", Some(RegionCategory::Transition)),
            ("ÜR", Some(RegionCategory::Transition)),
            ("Transition regions", Some(RegionCategory::Transition)),
            ("SER/ÜR", None),
            ("stärker entwickelte Region und Übergangsregion", None),
            ("", None),
        ];
        for (text, expected) in cases {
            assert_eq!(named(text), expected, "{text}");
        }
    }
}

//! HTTP: the JSON API with OpenAPI and sign-in.

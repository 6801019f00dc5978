//! Descriptions of real services, found through `OPENAPI_CORPUS`.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use openapi_codegen::document::{Document, Source};
use openapi_codegen::model::{Api, Doc, Shape, TypeDef};
use openapi_codegen::{
    Generated, Layout, Selection, Supported, generate, lower, overlay, supported,
};
use openapi_tests::corpus::{corpus, files_in};

use crate::compiled::Workspace;

pub fn parse(path: &Path) -> Document {
    let text =
        fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let name = path
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    Document::parse(Source::new(name, text)).unwrap_or_else(|problems| panic!("{problems}"))
}

fn edit(document: &Document, crate_name: &str) -> Generated {
    let operations = ["createImageEdit".to_owned()];
    let selection = Selection {
        operations: &operations,
        crate_name,
        layout: Layout::Flat,
    };
    generate(document, &selection).unwrap_or_else(|problems| panic!("{problems}"))
}

#[test]
fn every_published_revision_of_the_operation_compiles() {
    let Some(corpus) = corpus("the published revisions of the operation") else {
        return;
    };
    let mut workspace = Workspace::new("revisions");
    let mut count = 0;
    for path in files_in(corpus.join("images-edits")) {
        if path
            .extension()
            .is_some_and(|extension| extension == "yaml")
        {
            let stem = path
                .file_stem()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            let name = format!("revision_{}", stem.split('-').next().unwrap_or_default());
            workspace.add(&name, &edit(&parse(&path), &name));
            count += 1;
        }
    }
    workspace.add(
        "whole",
        &edit(&parse(&corpus.join("world/openai.yaml")), "whole"),
    );
    assert_eq!(count, 27, "the revisions of the corpus");
    workspace.check();
}

/// The crate of all operations that are supported, together.
pub fn accepted(document: &Document, crate_name: &str) -> (Supported, Generated) {
    let supported = supported(document, &[]).unwrap_or_else(|problems| panic!("{problems}"));
    let selection = Selection {
        operations: &supported.operations,
        crate_name,
        layout: Layout::Flat,
    };
    match generate(document, &selection) {
        Ok(generated) => (supported, generated),
        Err(problems) => {
            panic!("{crate_name}: each operation alone is in order, but not together:\n{problems}")
        }
    }
}

#[test]
fn what_is_accepted_of_real_documents_compiles() {
    let Some(corpus) = corpus("the supported operations of real services") else {
        return;
    };
    let mut workspace = Workspace::new("world");
    for path in files_in(corpus.join("world")) {
        let document = parse(&path);
        let stem = path
            .file_stem()
            .unwrap_or_default()
            .to_string_lossy()
            .replace('.', "_");
        let name = format!("world_{stem}");
        let (supported, generated) = accepted(&document, &name);
        println!(
            "{stem}: {} operations are supported, {} are not",
            supported.operations.len(),
            supported.left_out.len()
        );
        workspace.add(&name, &generated);
    }
    workspace.check();
}

/// The document and the operations that a program names in its documentation:
/// `openai.yaml`: `listFiles`, `downloadFile`
fn named(program: &str) -> (&str, Vec<String>) {
    let line = program.lines().find_map(|line| line.strip_prefix("//! `"));
    // Every other piece is between backticks.
    let mut names = line.into_iter().flat_map(|line| line.split('`')).step_by(2);
    let document = names.next().expect("a document is named");
    (document, names.map(str::to_owned).collect())
}

/// Programs that call operations of real services; an overlay is beside the program where the
/// description lacks something.
#[test]
fn programs_of_real_services_do_as_they_should() {
    let Some(corpus) = corpus("programs for real services") else {
        return;
    };
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("golden/programs");
    let files = files_in(folder).into_iter();
    let programs = files.filter(|path| path.extension().is_some_and(|kind| kind == "rs"));
    let mut workspace = Workspace::new("services");
    for path in programs {
        let name = &path.file_stem().unwrap_or_default().to_string_lossy();
        let program = fs::read_to_string(&path).expect("the program is readable");
        let (document, operations) = named(&program);
        let mut document = parse(&corpus.join("world").join(document));
        if let Ok(text) = fs::read_to_string(path.with_extension("overlay.yaml")) {
            let overlay = Source::new("overlay.yaml", text);
            document = overlay::apply(document, overlay)
                .unwrap_or_else(|problems| panic!("{name}: {problems}"));
        }
        let selection = Selection {
            operations: &operations,
            crate_name: name,
            layout: Layout::Flat,
        };
        let generated = generate(&document, &selection);
        workspace.add(
            name,
            &generated.unwrap_or_else(|problems| panic!("{name}: {problems}")),
        );
        workspace.add_calls(name, &program);
    }
    workspace.run_tests();
}

/// The API without its prose.
fn without_prose(mut api: Api) -> Api {
    let blank = |doc: &mut Doc| *doc = Doc::default();
    for def in &mut api.types {
        blank(&mut def.doc);
        match &mut def.shape {
            Shape::Struct(object) => {
                for field in &mut object.fields {
                    blank(&mut field.doc);
                    field.example = None;
                }
            }
            Shape::OpenEnum(_) => {}
            Shape::Union(union) => union
                .variants
                .iter_mut()
                .for_each(|variant| blank(&mut variant.doc)),
            Shape::Exclusive(variants) => variants
                .iter_mut()
                .for_each(|variant| blank(&mut variant.doc)),
        }
    }
    for operation in &mut api.operations {
        blank(&mut operation.doc);
        operation
            .responses
            .iter_mut()
            .for_each(|response| blank(&mut response.doc));
    }
    api.title.clear();
    api.notes.clear();
    api
}

/// The types by name: in the whole document the schemas stand in another order, and so do the
/// types.
fn by_name(api: &Api) -> BTreeMap<String, String> {
    let text = |def: &TypeDef| {
        let text = format!("{:?}", (&def.shape, def.used, def.module, &def.origin));
        let named = api.types.iter().enumerate();
        named.fold(text, |text, (index, other)| {
            text.replace(&format!("TypeId({index})"), other.name.rust())
        })
    };
    let types = api.types.iter();
    types
        .map(|def| (def.name.rust().to_owned(), text(def)))
        .collect()
}

#[test]
fn the_operation_out_of_the_whole_document_is_the_same() {
    let Some(corpus) = corpus("the operation out of the whole published document") else {
        return;
    };
    let root = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/.."));
    let text = fs::read_to_string(root.join("spec/overlay.yaml")).expect("the overlay is readable");
    let operations = ["createImageEdit".to_owned()];
    let api = |path: PathBuf| {
        let overlay = Source::new("overlay.yaml", text.clone());
        let document =
            overlay::apply(parse(&path), overlay).unwrap_or_else(|problems| panic!("{problems}"));
        without_prose(
            lower(&document, &operations, Layout::Flat)
                .unwrap_or_else(|problems| panic!("{problems}")),
        )
    };
    let ours = api(root.join("spec/openapi.yaml"));
    let whole = api(corpus.join("world/openai.yaml"));
    assert_eq!(by_name(&ours), by_name(&whole));
    assert_eq!(ours.operations.len(), whole.operations.len());
}

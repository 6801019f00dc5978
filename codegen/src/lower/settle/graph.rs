//! The graph of references between types.
//!
//! ```text
//! Thing -> Image -> Link -> Thing    in one circle: Thing, Image and Link
//!          Image -> Size             reached from Thing: Thing, Image, Link and Size
//! ```
//!
//! Nothing here recurses, and each edge is followed a constant number of times: a document may
//! have any number of types, in a chain of any length.

use crate::model::{TypeDef, TypeId};

/// The edges from each type, by its id.
pub(crate) struct Graph(Vec<Vec<TypeId>>);

impl Graph {
    pub(crate) fn new(types: &[TypeDef], edges: impl Fn(&TypeDef) -> Vec<TypeId>) -> Self {
        Self(types.iter().map(edges).collect())
    }

    /// The same edges the other way round.
    pub(crate) fn reversed(&self) -> Self {
        let mut reversed = vec![Vec::new(); self.0.len()];
        for (from, edges) in self.0.iter().enumerate() {
            for to in edges {
                reversed[to.0].push(TypeId(from));
            }
        }
        Self(reversed)
    }

    /// For each type: true if it is one of these, or can be reached from one. Edges that leave a
    /// type which `ends` are not followed.
    pub(crate) fn reached(&self, from: &[TypeId], ends: impl Fn(TypeId) -> bool) -> Vec<bool> {
        let mut reached = vec![false; self.0.len()];
        self.visit(from, |id| {
            !std::mem::replace(&mut reached[id.0], true) && !ends(id)
        });
        reached
    }

    /// Visits the types that can be reached from these. `enter` is called on each arrival at a
    /// type, and returns whether to go on from there.
    pub(crate) fn visit(&self, from: &[TypeId], mut enter: impl FnMut(TypeId) -> bool) {
        let mut waiting = from.to_vec();
        while let Some(id) = waiting.pop() {
            if enter(id) {
                waiting.extend(&self.0[id.0]);
            }
        }
    }

    /// A number for each type, equal for types that reach each other: the strongly connected
    /// components, by the algorithm of Kosaraju and Sharir.
    pub(crate) fn circles(&self) -> Vec<usize> {
        let reversed = self.reversed();
        let mut circles = vec![usize::MAX; self.0.len()];
        for (number, root) in self.finished().into_iter().rev().enumerate() {
            let mut waiting = vec![root];
            while let Some(id) = waiting.pop() {
                if circles[id.0] == usize::MAX {
                    circles[id.0] = number;
                    waiting.extend(&reversed.0[id.0]);
                }
            }
        }
        circles
    }

    /// The types in the order in which a depth-first search finishes them.
    fn finished(&self) -> Vec<TypeId> {
        let mut finished = Vec::with_capacity(self.0.len());
        let mut seen = vec![false; self.0.len()];
        for root in 0..self.0.len() {
            // Each entry has the number of its edges that have been followed.
            let mut path = vec![(TypeId(root), 0)];
            while let Some((id, followed)) = path.pop() {
                if followed == 0 && std::mem::replace(&mut seen[id.0], true) {
                    continue;
                }
                match self.0[id.0].get(followed) {
                    Some(next) => path.extend([(id, followed + 1), (*next, 0)]),
                    None => finished.push(id),
                }
            }
        }
        finished
    }
}

#[cfg(test)]
mod tests {
    use super::Graph;
    use crate::model::TypeId;

    fn graph(edges: &[&[usize]]) -> Graph {
        let edges = edges
            .iter()
            .map(|edges| edges.iter().map(|to| TypeId(*to)).collect());
        Graph(edges.collect())
    }

    #[test]
    fn types_that_lead_to_each_other_are_one_circle() {
        let circles = graph(&[&[1, 3], &[2], &[0, 3], &[4], &[4], &[0, 1]]).circles();
        assert!(circles[0] == circles[1] && circles[1] == circles[2]);
        let others = [circles[0], circles[3], circles[4], circles[5]];
        let distinct: std::collections::BTreeSet<_> = others.into_iter().collect();
        assert_eq!(distinct.len(), 4);
    }

    #[test]
    fn a_search_ends_where_it_is_told() {
        let graph = graph(&[&[1], &[2], &[0], &[0]]);
        assert_eq!(
            graph.reached(&[TypeId(0)], |_| false),
            [true, true, true, false]
        );
        assert_eq!(
            graph.reached(&[TypeId(0)], |id| id.0 == 1),
            [true, true, false, false]
        );
    }
}

//! Maximum flow in the graph of a table's hidden cells.

use std::collections::VecDeque;

/// More than any count; sums of some of these still fit.
pub(super) const UNBOUNDED: u64 = 1 << 60;

/// A graph of few nodes with the capacity from each one to each other.
#[derive(Debug, Clone)]
pub(super) struct Flow {
    nodes: usize,
    capacity: Vec<u64>,
}

impl Flow {
    pub fn new(nodes: usize) -> Self {
        Self {
            nodes,
            capacity: vec![0; nodes * nodes],
        }
    }

    /// What may still flow between two nodes.
    pub fn capacity(&mut self, from: usize, to: usize) -> &mut u64 {
        &mut self.capacity[from * self.nodes + to]
    }

    /// Sends as much as possible, by shortest paths (Edmonds and Karp 1972), and returns how much; what may flow afterwards
    /// stays in the graph. At most `limit` is sent.
    pub fn send(&mut self, from: usize, to: usize, limit: u64) -> u64 {
        let mut sent = 0;
        while sent < limit {
            let Some(path) = self.path(from, to) else { break };
            let steps = || path.iter().zip(&path[1..]);
            let least = steps().map(|(&a, &b)| *self.capacity(a, b)).min().unwrap_or(0);
            let amount = least.min(limit - sent);
            for (&a, &b) in steps() {
                *self.capacity(a, b) -= amount;
                let back = self.capacity(b, a);
                *back = back.saturating_add(amount);
            }
            sent += amount;
        }
        sent
    }

    /// The nodes of a shortest path on which something may flow.
    fn path(&self, from: usize, to: usize) -> Option<Vec<usize>> {
        let mut before = vec![None; self.nodes];
        let mut waiting = VecDeque::from([from]);
        while let Some(node) = waiting.pop_front() {
            if node == to {
                let mut path = vec![to];
                while let Some(&last) = path.last().filter(|&&last| last != from) {
                    path.push(before[last]?);
                }
                path.reverse();
                return Some(path);
            }
            let onward = &self.capacity[node * self.nodes..][..self.nodes];
            for (next, (before, &capacity)) in before.iter_mut().zip(onward).enumerate() {
                if next != from && before.is_none() && capacity > 0 {
                    *before = Some(node);
                    waiting.push_back(next);
                }
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of Cormen, Leiserson, Rivest and Stein (section 26.2): 23 from node 0 to node 5.
    #[test]
    fn textbook_example() {
        let mut flow = Flow::new(6);
        for (from, to, most) in [
            (0, 1, 16),
            (0, 2, 13),
            (1, 3, 12),
            (2, 1, 4),
            (3, 2, 9),
            (2, 4, 14),
            (4, 3, 7),
            (3, 5, 20),
            (4, 5, 4),
        ] {
            *flow.capacity(from, to) = most;
        }
        assert_eq!(flow.clone().send(0, 5, 7), 7);
        assert_eq!(flow.send(0, 5, UNBOUNDED), 23);
        assert_eq!(flow.send(0, 5, UNBOUNDED), 0);
    }
}

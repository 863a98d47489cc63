#pragma once

#include "render/motion.hpp"

#include <span>

namespace walkout::render {

/// A department as a small company of its own: its people take the full circle. They do what they
/// do in the whole story, at the same moments.
class DepartmentAlone {
public:
    DepartmentAlone(const Story& whole, std::uint32_t department);

    const Story& story() const { return own_; }
    std::span<const AgentId> ids() const { return ids_; } ///< in the whole story; rising

    /// Second of the own story at which a person looks as in the whole one at `second`: the two
    /// have clocks of their own, but what a person does takes as long in both.
    double own_second(AgentId person, double second) const;

private:
    const Story& whole_;
    std::vector<AgentId> ids_;
    Story own_;
};

} // namespace walkout::render

#pragma once

#include "render/ranks.hpp"
#include "render/seating.hpp"
#include "render/story.hpp"
#include "render/view.hpp"

#include <memory>

namespace walkout::render {

/// One picture and what in it can be touched.
struct Frame {
    DisplayList list;
    std::vector<Spot> spots;                     ///< in focus order
    std::vector<std::pair<AgentId, Point>> dots; ///< where people are now, for picking
};

/// Draws a story: frame = f(story, ranks, second, view). Keeps what only depends on the size of the
/// window and the theme between calls; calling it in any order gives the same frames.
class Scene {
public:
    explicit Scene(std::shared_ptr<const Story> story);
    ~Scene();

    Frame draw(double second, const View& view);

    /// Among which runs this one stands; the panel shows it. None: nobody knows.
    void rank_among(std::shared_ptr<const Ranks> ranks) { ranks_ = std::move(ranks); }

    /// The one person within 9 px (3 px above 2,500 people) of a point of the last frame.
    static std::optional<AgentId> pick(const Frame& frame, Point at, float reach);

private:
    struct Kept;
    std::shared_ptr<const Story> story_;
    std::unique_ptr<Kept> kept_;
    std::shared_ptr<const Ranks> ranks_;
};

} // namespace walkout::render

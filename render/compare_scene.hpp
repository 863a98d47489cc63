#pragma once

#include "render/compared.hpp"
#include "render/scene.hpp"

#include <memory>

namespace walkout::render {

struct Picture;

/// Draws two runs in two panes on the clock of the first. Keeps seats and what stands still between
/// calls; calling it in any order gives the same frames.
class CompareScene {
public:
    explicit CompareScene(std::shared_ptr<const Compared> compared);
    ~CompareScene();

    const Compared& compared() const { return *compared_; }

    /// @param second  of the story of the first run
    Frame draw(double second, const View& view);

private:
    struct Pane;
    struct Kept;
    struct Layers;

    void draw_pane(const Pane& pane, const Picture& p, const Layers& layers) const;
    void draw_around(const Picture& a, const Picture& b, const Layers& layers) const;

    std::shared_ptr<const Compared> compared_;
    std::unique_ptr<Kept> kept_;
};

} // namespace walkout::render

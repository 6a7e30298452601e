package cloud.wuye.space;

import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The open rule of which kind of space may stand under which. It is configuration and not code because estates differ:
 * a market has stalls, a campus has dormitories.
 */
@ApplicationScoped
class SpaceKinds {
    /** Stands for "no parent" in the rule. */
    static final String ROOT = "ROOT";

    private final Map<String, Set<String>> parents;

    SpaceKinds(SpaceConfig config) {
        parents = Map.copyOf(config.kinds());
        parents.forEach((kind, above) -> above.stream()
                .filter(parent -> !parent.equals(ROOT) && !parents.containsKey(parent))
                .findAny()
                .ifPresent(unknown -> {
                    throw new IllegalStateException(
                            "wuye.space.kinds." + kind + " names " + unknown + ", which is no kind");
                }));
    }

    /** Refuses an unknown kind, and one that may not stand there; {@code parent} is null at the top. */
    void check(String kind, String parent) {
        Set<String> above = parents.get(kind);
        if (above == null) {
            throw new Problem(ProblemCode.SPACE_KIND_UNKNOWN, "kind", kind);
        }
        String under = parent == null ? ROOT : parent;
        if (!above.contains(under)) {
            throw new Problem(ProblemCode.SPACE_KIND_MISPLACED, "parentId", kind, under);
        }
    }

    /** All kinds with where they may stand, by name. */
    List<SpaceKindView> all() {
        return parents.entrySet().stream()
                .map(rule -> SpaceKindView.of(rule.getKey(), rule.getValue()))
                .sorted(Comparator.comparing(SpaceKindView::kind))
                .toList();
    }
}

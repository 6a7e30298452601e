package cloud.wuye.space;

import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** A kind of space and where it may stand. */
@Type("SpaceKind")
@Description("A kind of space and where it may stand. The set of kinds is configured by whoever runs the service.")
public record SpaceKindView(
        @NonNull @Description("The kind, as it stands in Space.kind.") String kind,
        @Description("Whether it may stand at the top of the tree.") boolean mayBeRoot,
        @NonNull @Description("The kinds it may stand under.") List<@NonNull String> mayStandUnder) {

    static SpaceKindView of(String kind, Set<String> parents) {
        return new SpaceKindView(
                kind,
                parents.contains(SpaceKinds.ROOT),
                parents.stream()
                        .filter(parent -> !parent.equals(SpaceKinds.ROOT))
                        .sorted()
                        .toList());
    }
}

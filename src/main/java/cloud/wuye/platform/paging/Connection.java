package cloud.wuye.platform.paging;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.NonNull;

/**
 * A page of a list as Relay clients know it.
 *
 * <p>Each list has a subclass, because a GraphQL type needs a name of its own and the framework would call {@code
 * Connection<DeviceView>} "Connection_Device":
 *
 * <pre>{@code
 * @Type("DeviceConnection")
 * @Description("A page of devices.")
 * public class DeviceConnection extends Connection<DeviceView, DeviceConnection.DeviceEdge> {
 *     DeviceConnection(Page<DeviceView> page) { super(page, DeviceEdge::new); }
 *
 *     @Type("DeviceEdge")
 *     @Description("A device and its place in the list.")
 *     public static class DeviceEdge extends Edge<DeviceView> {
 *         DeviceEdge(String cursor, DeviceView node) { super(cursor, node); }
 *     }
 * }
 * }</pre>
 */
@RegisterForReflection // GraphQL registers the subclasses only, and asks them for what they inherit.
public abstract class Connection<N, E extends Edge<N>> {
    private final List<N> nodes;
    private final List<E> edges;
    private final PageInfo pageInfo;

    protected Connection(Page<N> page, BiFunction<String, N, E> edge) {
        this.nodes = page.items();
        this.edges = IntStream.range(0, page.items().size())
                .mapToObj(i -> edge.apply(page.cursors().get(i), page.items().get(i)))
                .toList();
        this.pageInfo = PageInfo.of(page);
    }

    @NonNull
    @Description("The rows with their cursors.")
    public List<@NonNull E> getEdges() {
        return edges;
    }

    @NonNull
    @Description("The rows alone, for clients that need no cursor per row.")
    public List<@NonNull N> getNodes() {
        return nodes;
    }

    @NonNull
    @Description("Where the page stands in its list.")
    public PageInfo getPageInfo() {
        return pageInfo;
    }
}

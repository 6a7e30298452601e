package cloud.wuye.platform.paging;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.NonNull;

/** One row of a connection with its cursor. Subclass it per list: see {@link Connection}. */
@RegisterForReflection // As Connection is.
public abstract class Edge<N> {
    private final String cursor;
    private final N node;

    protected Edge(String cursor, N node) {
        this.cursor = cursor;
        this.node = node;
    }

    @NonNull
    @Description("The place of this row in the list, to be given as `after`.")
    public String getCursor() {
        return cursor;
    }

    @NonNull
    @Description("The row.")
    public N getNode() {
        return node;
    }
}

package cloud.wuye.space;

import cloud.wuye.platform.Ids;
import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;

/** One place in the tree. Knows its way from the root, so that cycles and depth are its own to refuse. */
@Entity
class Space extends PanacheEntityBase {
    /** As in the migration: a path is a key of an index and has to stay short. */
    static final int MAX_DEPTH = 16;

    @Id
    UUID id;

    @Column(name = "tenant_id", updatable = false)
    UUID tenantId;

    @Column(name = "parent_id")
    UUID parentId;

    @Column(updatable = false)
    String kind;

    String name;
    UUID[] path;
    int position;

    @Version
    int version;

    @Column(name = "created_at", updatable = false)
    Instant createdAt;

    @Column(name = "archived_at")
    Instant archivedAt;

    /** A new space; {@code parent} is null at the top of the tree. */
    static Space under(Space parent, UUID tenantId, String kind, String name, int position, Instant now) {
        Space space = new Space();
        space.id = Ids.next();
        space.tenantId = tenantId;
        space.kind = kind;
        space.name = name;
        space.position = position;
        space.createdAt = now;
        space.stand(parent, 1);
        return space;
    }

    /** Gives the space a new name and place among its siblings. */
    void edit(String newName, int newPosition) {
        requireActive("id");
        name = newName;
        position = newPosition;
    }

    /**
     * Hangs the space with all below it under another parent.
     *
     * @param height levels of the subtree, 1 when nothing stands below
     */
    void moveUnder(Space parent, int height) {
        requireActive("id");
        if (parent != null && parent.isWithin(this)) {
            throw new Problem(ProblemCode.SPACE_CYCLE, "parentId");
        }
        stand(parent, height);
    }

    /** Takes the space out of use; whoever calls has made sure that nothing uses it. */
    void archive(Instant now) {
        requireActive("id");
        archivedAt = now;
    }

    /** Whether this is the other space or stands somewhere below it. */
    boolean isWithin(Space other) {
        return Arrays.asList(path).contains(other.id);
    }

    /** Refuses to build on an archived space. */
    void requireActive(String field) {
        if (archivedAt != null) {
            throw new Problem(ProblemCode.SPACE_ARCHIVED, field, name);
        }
    }

    /** Refuses an edit that was based on an older state. */
    void requireVersion(int expected) {
        if (version != expected) {
            throw new Problem(ProblemCode.STALE, "version");
        }
    }

    private void stand(Space parent, int height) {
        if (parent != null) {
            parent.requireActive("parentId");
        }
        UUID[] above = parent == null ? new UUID[0] : parent.path;
        if (above.length + height > MAX_DEPTH) {
            throw new Problem(ProblemCode.SPACE_TOO_DEEP, "parentId", MAX_DEPTH);
        }
        parentId = parent == null ? null : parent.id;
        path = Arrays.copyOf(above, above.length + 1);
        path[above.length] = id;
    }
}

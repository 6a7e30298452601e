package cloud.wuye.space;

import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** A space as clients see it. */
@Type("Space")
@Description("A place: a community, building, floor, unit or any other kind that is configured.")
public record SpaceView(
        @Id @NonNull @Description("The id.") UUID id,
        @Id @Description("The space above; absent at the top of the tree.") UUID parentId,
        @NonNull @Description("The kind, one of `spaceKinds`.") String kind,
        @NonNull @Description("The name, unique among the spaces under one parent that are in use.") String name,
        @Description("The place among its siblings, smallest first.") int position,
        @Description("Counts edits; send it back with an edit, which is refused with STALE if it is no longer true.")
                int version,
        @NonNull @Description("When it was created.") Instant createdAt,
        @Description("When it was taken out of use; absent while in use.") Instant archivedAt) {

    /** The columns that {@link #of(Row)} reads, of the alias {@code s}. */
    static final String COLUMNS =
            "s.id, s.parent_id, s.kind, s.name, s.position, s.version, s.created_at, s.archived_at";

    static SpaceView of(Space space) {
        return new SpaceView(
                space.id,
                space.parentId,
                space.kind,
                space.name,
                space.position,
                space.version,
                space.createdAt,
                space.archivedAt);
    }

    static SpaceView of(Row row) {
        OffsetDateTime archived = row.getOffsetDateTime("archived_at");
        return new SpaceView(
                row.getUUID("id"),
                row.getUUID("parent_id"),
                row.getString("kind"),
                row.getString("name"),
                row.getInteger("position"),
                row.getInteger("version"),
                row.getOffsetDateTime("created_at").toInstant(),
                archived == null ? null : archived.toInstant());
    }
}

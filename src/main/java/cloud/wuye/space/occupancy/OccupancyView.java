package cloud.wuye.space.occupancy;

import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** That somebody lives or works somewhere for a time. */
@Type("Occupancy")
@Description("That a resident lives or works in a space for a time.")
public record OccupancyView(
        @Id @NonNull @Description("The id.") UUID id,
        @Id @NonNull @Description("The space; what stands below it is theirs as well.") UUID spaceId,
        @Id @NonNull @Description("The resident.") UUID residentId,
        @NonNull @Description("As what they are there.") OccupancyRole role,
        @NonNull @Description("The first moment that counts.") Instant since,
        @Description("The first moment that no longer counts; absent: open.") Instant until) {

    /** The columns that {@link #of(Row)} reads, of the alias {@code o}. */
    static final String COLUMNS = "o.id, o.space_id, o.resident_id, o.role, o.since, o.until";

    static OccupancyView of(Row row) {
        OffsetDateTime end = row.getOffsetDateTime("until");
        return new OccupancyView(
                row.getUUID("id"),
                row.getUUID("space_id"),
                row.getUUID("resident_id"),
                OccupancyRole.valueOf(row.getString("role")),
                row.getOffsetDateTime("since").toInstant(),
                end == null ? null : end.toInstant());
    }

    /** The same with another end. */
    OccupancyView endingAt(Instant end) {
        return new OccupancyView(id, spaceId, residentId, role, since, end);
    }
}

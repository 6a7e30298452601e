package cloud.wuye.space.occupancy;

import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** A space that a resident occupies, as they see it. It leads nowhere else in the tree: the neighbours are not theirs. */
@Type("MySpace")
@Description("A space that the resident lives or works in now, as they see it.")
public record MySpaceView(
        @Id @NonNull @Description("The space's id.") UUID id,
        @NonNull @Description("Its name.") String name,
        @NonNull @Description("Its kind.") String kind,
        @NonNull @Description("The names from the top of the tree to the space, itself last.")
                List<@NonNull String> path,
        @NonNull @Description("As what they are there.") OccupancyRole role,
        @NonNull @Description("Since when.") Instant since) {

    static MySpaceView of(Row row) {
        return new MySpaceView(
                row.getUUID("id"),
                row.getString("name"),
                row.getString("kind"),
                List.of(row.getArrayOfStrings("way")),
                OccupancyRole.valueOf(row.getString("role")),
                row.getOffsetDateTime("since").toInstant());
    }
}

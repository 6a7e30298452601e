package cloud.wuye.identity.resident;

import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** A group of residents. */
@Type("ResidentGroup")
@Description("Residents who are treated alike. List its members with `residents(filter: {groupId})`.")
public record ResidentGroupView(
        @Id @NonNull @Description("The id.") UUID id,
        @NonNull @Description("The name, unique in the company.") String name,
        @NonNull @Description("When it was made.") Instant createdAt) {

    /** The columns that {@link #of(Row)} reads, of the alias {@code g}. */
    static final String COLUMNS = "g.id, g.name, g.created_at";

    static ResidentGroupView of(Row row) {
        return new ResidentGroupView(
                row.getUUID("id"),
                row.getString("name"),
                row.getOffsetDateTime("created_at").toInstant());
    }
}

package cloud.wuye.platform.audit;

import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** An audit entry as staff see it. */
@Type("AuditEntry")
@Description("One act of one caller on one subject. Entries are never changed, and never removed before half a year is "
        + "over; how long they are kept after that is the platform's setting.")
public record AuditEntryView(
        @Id @NonNull @Description("Identifies the entry.") UUID id,
        @Id @NonNull @Description("The property company it was done in or to.") UUID companyId,
        @NonNull @Description("When the act was committed.") Instant at,
        @NonNull @Description("The actor's user id, or `system` for jobs and devices.") String actor,
        @NonNull @Description("The actor's name at that time.") String actorName,
        @NonNull @Description("true: done by an operator of the platform, who is nobody of the company's.")
                Boolean byOperator,
        @NonNull @Description("What was done, as `feature.verb`, e.g. `device.retire`.") String act,
        @NonNull @Description("The kind of thing it was done to.") String subjectType,
        @NonNull @Description("The id of the thing it was done to.") String subjectId,
        @Description("The subject before, as JSON text; absent when it was new.") String before,
        @Description("The subject after, as JSON text; absent when it is gone.") String after,
        @Description("Why, in the actor's words.") String reason) {

    static final String COLUMNS = "id, tenant_id, at, actor, actor_name, by_operator, act, subject_type, subject_id,"
            + " before::text, after::text, reason";

    static AuditEntryView of(Row row) {
        return new AuditEntryView(
                row.getUUID("id"),
                row.getUUID("tenant_id"),
                row.getOffsetDateTime("at").toInstant(),
                row.getString("actor"),
                row.getString("actor_name"),
                row.getBoolean("by_operator"),
                row.getString("act"),
                row.getString("subject_type"),
                row.getString("subject_id"),
                row.getString("before"),
                row.getString("after"),
                row.getString("reason"));
    }
}

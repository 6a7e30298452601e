package cloud.wuye.platform.audit;

import cloud.wuye.platform.Ids;
import cloud.wuye.platform.db.Unit;
import cloud.wuye.platform.json.Json;
import cloud.wuye.platform.observe.Traces;
import cloud.wuye.platform.security.Caller;
import cloud.wuye.platform.security.Roles;
import cloud.wuye.platform.time.Clock;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;

/** Writes who did what to what, in the transaction of the act itself: no act without its entry, no entry without its act. */
@ApplicationScoped
public class Audit {
    private static final String INSERT =
            """
            INSERT INTO audit_entry (id, tenant_id, at, actor, actor_name, act, subject_type, subject_id, before, after, reason,
                                     trace_id, by_operator)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9::text::jsonb, $10::text::jsonb, $11, $12, $13)""";

    private final Clock clock;
    private final Json json;

    Audit(Clock clock, Json json) {
        this.clock = clock;
        this.json = json;
    }

    /**
     * Records an act inside a {@code Db.write} or {@code Db.forTenant}.
     *
     * @param act what was done, as {@code feature.verb}, e.g. {@code device.retire}
     * @param before the subject as it was, or null when it is new; any value that maps to JSON, without secrets
     * @param after the subject as it is now, or null when it is gone
     * @param reason why, in the words of whoever did it, or null
     */
    public Uni<Void> record(
            String act, String subjectType, Object subjectId, Object before, Object after, String reason) {
        Unit unit = Unit.required();
        AuditEntry entry = new AuditEntry();
        entry.id = Ids.next();
        entry.tenantId = unit.tenantId();
        entry.at = clock.now();
        entry.actor = unit.caller().subject();
        entry.actorName = unit.caller().name();
        entry.act = act;
        entry.subjectType = subjectType;
        entry.subjectId = String.valueOf(subjectId);
        entry.before = json.write(before);
        entry.after = json.write(after);
        entry.reason = reason;
        entry.traceId = unit.traceId();
        entry.byOperator = unit.caller().is(Roles.PLATFORM_OPERATOR);
        return entry.persist().replaceWithVoid();
    }

    /** The same for a unit of the plain client, on the same connection. */
    public Uni<Void> record(
            SqlClient connection,
            Caller caller,
            String act,
            String subjectType,
            Object subjectId,
            Object before,
            Object after,
            String reason) {
        return connection
                .preparedQuery(INSERT)
                .execute(Tuple.from(new Object[] {
                    Ids.next(),
                    caller.requireTenant(),
                    clock.now().atOffset(java.time.ZoneOffset.UTC),
                    caller.subject(),
                    caller.name(),
                    act,
                    subjectType,
                    String.valueOf(subjectId),
                    json.write(before),
                    json.write(after),
                    reason,
                    Traces.currentId(),
                    caller.is(Roles.PLATFORM_OPERATOR)
                }))
                .replaceWithVoid();
    }
}

package cloud.wuye.platform.outbox;

import cloud.wuye.platform.audit.Audit;
import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.paging.Keyset;
import cloud.wuye.platform.paging.ListSort;
import cloud.wuye.platform.paging.PageInput;
import cloud.wuye.platform.paging.Select;
import cloud.wuye.platform.paging.SortDirection;
import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import cloud.wuye.platform.security.Caller;
import cloud.wuye.platform.security.CurrentCaller;
import cloud.wuye.platform.security.Roles;
import cloud.wuye.platform.time.Clock;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.annotation.security.RolesAllowed;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.graphql.DefaultValue;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.GraphQLApi;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.Mutation;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Query;

/** Dead letters' front door: see them, send them again. */
@GraphQLApi
public class DeadLetterApi {
    private static final String COLUMNS = "id, kind, key, created_at, attempts, last_error";
    private static final String RETRY =
            """
            UPDATE outbox_message SET state = 'PENDING', attempts = 0, due_at = $2
            WHERE id = $1 AND state = 'DEAD' RETURNING\s"""
                    + COLUMNS;

    private final Db db;
    private final Audit audit;
    private final Outbox outbox;
    private final CurrentCaller currentCaller;
    private final Clock clock;

    DeadLetterApi(Db db, Audit audit, Outbox outbox, CurrentCaller currentCaller, Clock clock) {
        this.db = db;
        this.audit = audit;
        this.outbox = outbox;
        this.currentCaller = currentCaller;
        this.clock = clock;
    }

    @Query
    @NonNull
    @RolesAllowed(Roles.MANAGER)
    @Description("Outgoing messages that could not be delivered. Managers only.")
    public Uni<DeadLetterConnection> deadLetters(
            @Description("Which dead letters.") DeadLetterFilterInput filter,
            @DefaultValue("CREATED_AT") @Description("What to order by.") DeadLetterSort sort,
            @Description(ListSort.DIRECTION) SortDirection direction,
            @DefaultValue(PageInput.DEFAULT) @Description(PageInput.FIRST) Integer first,
            @Description(PageInput.AFTER) String after) {
        DeadLetterFilterInput by = filter == null ? DeadLetterFilterInput.NONE : filter;
        Keyset order = ListSort.order(sort, DeadLetterSort.CREATED_AT, direction);
        PageInput page = PageInput.of(first, after);
        return db.readSql(connection -> Select.of("select " + COLUMNS + " from outbox_message")
                        .where("state = 'DEAD'")
                        .eq("kind", by.kind())
                        .eq("key", by.key())
                        .between("created_at", by.createdAt())
                        .page(connection, order, page, DeadLetterView::of))
                .map(DeadLetterConnection::new);
    }

    @Mutation
    @NonNull
    @RolesAllowed(Roles.MANAGER)
    @Description("Sends a dead letter again. Doing it twice sends it once. NOT_FOUND when it is not dead any more.")
    public Uni<DeadLetterView> retryDeadLetter(
            @Id @NonNull @Description("The dead letter.") UUID id,
            @Description("Why it should work now.") String reason) {
        Caller caller = currentCaller.get();
        return db.writeSql(connection -> revive(connection, id)
                        .call(letter -> audit.record(
                                connection,
                                caller,
                                "outbox.retry",
                                "OutboxMessage",
                                id,
                                Map.of("state", "DEAD"),
                                Map.of("state", "PENDING"),
                                reason)))
                .invoke(outbox::nudge);
    }

    private Uni<DeadLetterView> revive(SqlConnection connection, UUID id) {
        return connection
                .preparedQuery(RETRY)
                .execute(Tuple.of(id, clock.now().atOffset(ZoneOffset.UTC)))
                .map(rows -> {
                    if (rows.size() == 0) {
                        throw new Problem(ProblemCode.NOT_FOUND, "id", id);
                    }
                    return DeadLetterView.of(rows.iterator().next());
                });
    }
}

package cloud.wuye.tariff;

import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.paging.Keyset;
import cloud.wuye.platform.paging.Page;
import cloud.wuye.platform.paging.PageInput;
import cloud.wuye.platform.paging.Select;
import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;

/** The tariff plans and all SQL about them. */
@ApplicationScoped
class TariffPlans {
    private static final String SELECT = "SELECT " + TariffPlanView.COLUMNS + " FROM tariff_plan";
    private static final String INSERT =
            "INSERT INTO tariff_plan (id, tenant_id, name, commodity, currency, created_at)"
                    + " VALUES ($1, $2, $3, $4, $5, $6) RETURNING " + TariffPlanView.COLUMNS;

    private final Db db;

    TariffPlans(Db db) {
        this.db = db;
    }

    Uni<Page<TariffPlanView>> page(TariffPlanFilterInput filter, Keyset order, PageInput page) {
        return db.readSql(connection -> Select.of(SELECT)
                .eq("commodity", filter.commodity())
                .contains("name", filter.search())
                .page(connection, order, page, TariffPlanView::of));
    }

    /** One, or null. */
    Uni<TariffPlanView> byId(SqlConnection connection, UUID id) {
        return connection
                .preparedQuery(SELECT + " WHERE id = $1")
                .execute(Tuple.of(id))
                .map(rows -> rows.size() == 0
                        ? null
                        : TariffPlanView.of(rows.iterator().next()));
    }

    /** One that nobody else changes meanwhile; NOT_FOUND when there is none. */
    Uni<TariffPlanView> locked(SqlConnection tx, UUID id, String field) {
        return tx.preparedQuery(SELECT + " WHERE id = $1 FOR UPDATE")
                .execute(Tuple.of(id))
                .map(rows -> {
                    if (rows.size() == 0) {
                        throw new Problem(ProblemCode.NOT_FOUND, field, id);
                    }
                    return only(rows);
                });
    }

    Uni<TariffPlanView> add(SqlConnection tx, UUID tenantId, UUID id, TariffPlanInput input, Instant now) {
        return nameIsFree(tx, id, input.name()).chain(() -> tx.preparedQuery(INSERT)
                .execute(Tuple.from(new Object[] {
                    id,
                    tenantId,
                    input.name().trim(),
                    input.commodity().name(),
                    input.currency() == null ? "CNY" : input.currency(),
                    now.atOffset(ZoneOffset.UTC)
                }))
                .map(TariffPlans::only));
    }

    Uni<TariffPlanView> rename(SqlConnection tx, UUID id, String name) {
        return nameIsFree(tx, id, name).chain(() -> tx.preparedQuery(
                        "UPDATE tariff_plan SET name = $2, version = version + 1 WHERE id = $1 RETURNING "
                                + TariffPlanView.COLUMNS)
                .execute(Tuple.of(id, name.trim()))
                .map(TariffPlans::only));
    }

    private static Uni<Void> nameIsFree(SqlConnection tx, UUID id, String name) {
        return tx.preparedQuery("SELECT 1 FROM tariff_plan WHERE name = $1 AND id <> $2")
                .execute(Tuple.of(name.trim(), id))
                .invoke(rows -> {
                    if (rows.size() > 0) {
                        throw new Problem(ProblemCode.ALREADY_EXISTS, "name", name);
                    }
                })
                .replaceWithVoid();
    }

    private static TariffPlanView only(RowSet<Row> rows) {
        return TariffPlanView.of(rows.iterator().next());
    }
}

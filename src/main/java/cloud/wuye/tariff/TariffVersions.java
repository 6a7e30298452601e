package cloud.wuye.tariff;

import cloud.wuye.platform.json.Json;
import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import cloud.wuye.tariff.rating.PriceCell;
import cloud.wuye.tariff.rating.TariffTerms;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** The versions of tariffs and all SQL about them. */
@ApplicationScoped
class TariffVersions {
    private static final String SELECT = "SELECT " + TariffVersionRow.COLUMNS + " FROM tariff_version v WHERE ";
    private static final String INSERT =
            """
            INSERT INTO tariff_version (id, tenant_id, plan_id, number, status, valid_from, calendar_id, terms, created_at)
            SELECT $1, $2, $3, coalesce(max(number), 0) + 1, 'DRAFT', $4, $5, $6::text::jsonb, $7
            FROM tariff_version WHERE plan_id = $3""";
    private static final String CHANGE =
            """
            UPDATE tariff_version SET valid_from = $2, calendar_id = $3, terms = $4::text::jsonb, version = version + 1
            WHERE id = $1""";
    private static final String PUBLISH =
            """
            UPDATE tariff_version SET status = 'PUBLISHED', terms = $2::text::jsonb, published_at = $3, version = version + 1
            WHERE id = $1""";
    private static final String END =
            "UPDATE tariff_version SET valid_to = $2, ended_by = $3, version = version + 1 WHERE id = $1";
    private static final String ADD_RATE =
            """
            INSERT INTO tariff_rate (tenant_id, version_id, period, tier, tier_from, tier_to, energy_price, service_price)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8)""";

    private final Json json;

    TariffVersions(Json json) {
        this.json = json;
    }

    /** All of these plans, newest first. */
    Uni<List<TariffVersionRow>> ofPlans(SqlConnection connection, Collection<UUID> plans) {
        return list(
                connection,
                SELECT + "v.plan_id = ANY($1) ORDER BY v.plan_id, v.number DESC",
                Tuple.of(plans.toArray(UUID[]::new)));
    }

    /** The published ones of a plan, in the order of their days. */
    Uni<List<TariffVersionRow>> published(SqlConnection connection, UUID plan) {
        return list(
                connection, SELECT + "v.plan_id = $1 AND v.status = 'PUBLISHED' ORDER BY v.valid_from", Tuple.of(plan));
    }

    /** One, or null. */
    Uni<TariffVersionRow> find(SqlConnection connection, UUID id) {
        return list(connection, SELECT + "v.id = $1", Tuple.of(id)).map(found -> found.isEmpty() ? null : found.get(0));
    }

    /** One; NOT_FOUND when there is none. */
    Uni<TariffVersionRow> byId(SqlConnection connection, UUID id) {
        return find(connection, id).invoke(found -> {
            if (found == null) {
                throw new Problem(ProblemCode.NOT_FOUND, "id", id);
            }
        });
    }

    Uni<TariffVersionRow> draft(
            SqlConnection tx,
            UUID tenantId,
            UUID id,
            UUID plan,
            TariffVersionInput input,
            TariffTerms terms,
            Instant now) {
        return tx.preparedQuery(INSERT)
                .execute(Tuple.from(new Object[] {
                    id,
                    tenantId,
                    plan,
                    input.validFrom(),
                    input.holidayCalendarId(),
                    json.write(terms),
                    now.atOffset(ZoneOffset.UTC)
                }))
                .chain(() -> byId(tx, id));
    }

    Uni<TariffVersionRow> change(SqlConnection tx, UUID id, TariffVersionInput input, TariffTerms terms) {
        return tx.preparedQuery(CHANGE)
                .execute(Tuple.of(id, input.validFrom(), input.holidayCalendarId(), json.write(terms)))
                .chain(() -> byId(tx, id));
    }

    Uni<Void> discard(SqlConnection tx, UUID id) {
        return tx.preparedQuery("DELETE FROM tariff_version WHERE id = $1")
                .execute(Tuple.of(id))
                .replaceWithVoid();
    }

    /** Puts a draft in force with these terms, and its prices where statements find them. */
    Uni<TariffVersionRow> publish(SqlConnection tx, UUID tenantId, UUID id, TariffTerms terms, Instant now) {
        return tx.preparedQuery(PUBLISH)
                .execute(Tuple.of(id, json.write(terms), now.atOffset(ZoneOffset.UTC)))
                .chain(() -> addRates(tx, tenantId, id, terms.prices()))
                .chain(() -> byId(tx, id));
    }

    static Uni<Void> addRates(SqlConnection tx, UUID tenantId, UUID id, List<PriceCell> prices) {
        return tx.preparedQuery(ADD_RATE)
                .executeBatch(prices.stream()
                        .map(price -> Tuple.from(new Object[] {
                            tenantId,
                            id,
                            price.period().name(),
                            price.tier(),
                            price.tierFrom(),
                            price.tierTo(),
                            price.energyPrice(),
                            price.servicePrice()
                        }))
                        .toList())
                .replaceWithVoid();
    }

    Uni<TariffVersionRow> withdraw(SqlConnection tx, UUID id) {
        return tx.preparedQuery("UPDATE tariff_version SET status = 'WITHDRAWN', version = version + 1 WHERE id = $1")
                .execute(Tuple.of(id))
                .chain(() -> byId(tx, id));
    }

    /** @param day the first on which it does not hold; null opens it again */
    Uni<TariffVersionRow> end(SqlConnection tx, UUID id, LocalDate day, UUID by) {
        return tx.preparedQuery(END).execute(Tuple.of(id, day, by)).chain(() -> byId(tx, id));
    }

    private Uni<List<TariffVersionRow>> list(SqlConnection connection, String sql, Tuple parameters) {
        return connection.preparedQuery(sql).execute(parameters).map(rows -> StreamSupport.stream(
                        rows.spliterator(), false)
                .map(row -> TariffVersionRow.of(row, json))
                .toList());
    }
}

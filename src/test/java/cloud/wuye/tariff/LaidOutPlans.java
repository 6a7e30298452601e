package cloud.wuye.tariff;

import cloud.wuye.platform.Ids;
import cloud.wuye.tariff.rating.PriceBasis;
import cloud.wuye.tariff.rating.Rate;
import cloud.wuye.tariff.rating.Tariff;
import cloud.wuye.tariff.rating.TariffTerms;
import cloud.wuye.tariff.rating.TariffVersionTerms;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

/** Plans as publishing would have left them, for tests below the front door. */
public final class LaidOutPlans {
    private LaidOutPlans() {}

    /** A plan with these versions, laid out as publishing would have done it at this time. */
    public static Uni<UUID> add(SqlConnection tx, UUID tenant, Tariff tariff, Instant now) {
        UUID plan = Ids.next();
        return tx.preparedQuery("INSERT INTO tariff_plan (id, tenant_id, name, commodity, currency, created_at)"
                        + " VALUES ($1, $2, $3, 'ELECTRICITY', 'CNY', now())")
                .execute(Tuple.of(plan, tenant, plan.toString()))
                .chain(() -> versions(tx, tenant, plan, tariff))
                .chain(() -> new TariffSegments()
                        .layOut(
                                tx,
                                tenant,
                                plan,
                                tariff,
                                tariff.versions().get(0).from(),
                                now))
                .replaceWith(plan);
    }

    /** A plan with one price at all times, 0.6 for the energy and 0.1 for the service, for 300 days already. */
    public static Uni<UUID> addOnePrice(SqlConnection tx, UUID tenant, Instant now) {
        TariffTerms terms = new TariffTerms(
                PriceBasis.FLAT,
                List.of(),
                null,
                new BigDecimal("0.1"),
                List.of(new Rate(null, null, new BigDecimal("0.6"), null)),
                null,
                null);
        LocalDate from = LocalDate.now(ZoneOffset.UTC).minusDays(300);
        return add(
                tx,
                tenant,
                new Tariff(
                        ZoneId.of("Asia/Shanghai"), List.of(new TariffVersionTerms(Ids.next(), 1, from, null, terms))),
                now);
    }

    private static Uni<Void> versions(SqlConnection tx, UUID tenant, UUID plan, Tariff tariff) {
        Uni<Void> all = Uni.createFrom().voidItem();
        for (TariffVersionTerms version : tariff.versions()) {
            all = all.chain(() -> tx.preparedQuery(
                                    "INSERT INTO tariff_version (id, tenant_id, plan_id, number, status, valid_from, valid_to,"
                                            + " terms, created_at, published_at)"
                                            + " VALUES ($1, $2, $3, $4, 'PUBLISHED', $5, $6, '{}', now(), now())")
                            .execute(Tuple.of(
                                    version.id(), tenant, plan, version.number(), version.from(), version.to())))
                    .chain(() -> TariffVersions.addRates(
                            tx, tenant, version.id(), version.terms().prices()));
        }
        return all;
    }
}

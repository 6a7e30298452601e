package cloud.wuye.tariff;

import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import cloud.wuye.tariff.rating.Tariff;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneId;
import java.util.UUID;

/**
 * What other features ask about tariffs. All questions go over the asker's own connection, hence as its tenant.
 *
 * <p>For batches there is the SQL function {@code rate_usage}, to be called inside a statement of the asker's; it needs the
 * plans to be laid out, which they are from 400 days back to three months ahead. Whatever it gives back without a version is
 * rated by {@link cloud.wuye.tariff.rating.RateUsage} over {@link #inForce}. Where nearly all is at one price,
 * {@link BatchPrices} tells it first.
 */
@ApplicationScoped
public class Tariffs {
    private final TariffPlans plans;
    private final TariffVersions versions;

    Tariffs(TariffPlans plans, TariffVersions versions) {
        this.plans = plans;
        this.versions = versions;
    }

    /** A plan of the connection's tenant, or null. */
    public Uni<TariffPlanView> plan(SqlConnection connection, UUID id) {
        return plans.byId(connection, id);
    }

    /**
     * A plan that prices this commodity, to be given to a meter.
     *
     * @param field the client's field that named it, for NOT_FOUND and, when it prices something else, VALIDATION
     */
    public Uni<TariffPlanView> require(SqlConnection connection, UUID id, Commodity commodity, String field) {
        return plans.byId(connection, id).invoke(plan -> {
            if (plan == null) {
                throw new Problem(ProblemCode.NOT_FOUND, field, id);
            }
            if (plan.commodity() != commodity) {
                throw new Problem(ProblemCode.VALIDATION, field, plan.commodity());
            }
        });
    }

    /** All published versions of a plan, for the engine; without any when nothing is published or there is no such plan. */
    public Uni<Tariff> inForce(SqlConnection connection, UUID plan, ZoneId zone) {
        return versions.published(connection, plan)
                .map(published -> new Tariff(
                        zone, published.stream().map(TariffVersionRow::inForce).toList()));
    }
}

package cloud.wuye.device.metering.account;

import cloud.wuye.platform.problem.Detail;
import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import cloud.wuye.tariff.Commodity;
import cloud.wuye.tariff.Tariffs;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneOffset;

/** Whether terms go together, and with their tariff. */
@ApplicationScoped
class TermsCheck {
    private final Tariffs tariffs;

    TermsCheck(Tariffs tariffs) {
        this.tariffs = tariffs;
    }

    /** Refuses with ACCOUNT_TERMS, or NOT_FOUND or VALIDATION for the plan. */
    Uni<Void> require(SqlConnection tx, MeterTermsInput terms, Commodity commodity) {
        boolean quantity = terms.unitOrUsual() == CreditUnit.QUANTITY;
        if (quantity && terms.mode() == BillingMode.POSTPAID) {
            throw new Problem(ProblemCode.ACCOUNT_TERMS, "terms.unit", "QUANTITY, POSTPAID");
        }
        if (terms.authorityOrUsual() == CreditAuthority.METER && !quantity) {
            throw new Problem(ProblemCode.ACCOUNT_TERMS, "terms.authority", "METER, " + terms.mode() + ", MONEY");
        }
        if (terms.authorityOrUsual() == CreditAuthority.METER && commodity != Commodity.ELECTRICITY) {
            // What is written to meters is in kWh, and nothing else.
            throw new Problem(ProblemCode.ACCOUNT_TERMS, "terms.authority", "METER, " + commodity);
        }
        return tariffs.require(tx, terms.planId(), commodity, "terms.planId")
                .chain(() ->
                        quantity ? requireOnePrice(tx, terms) : Uni.createFrom().voidItem());
    }

    /** Credit in kWh is bought at one price; a plan with several could not say which. */
    private Uni<Void> requireOnePrice(SqlConnection tx, MeterTermsInput terms) {
        return tariffs.inForce(tx, terms.planId(), ZoneOffset.UTC)
                .invoke(tariff -> tariff.versions().forEach(version -> {
                    if (version.terms().prices().size() != 1) {
                        throw new Problem(
                                ProblemCode.ACCOUNT_TERMS,
                                "terms.planId",
                                Detail.of("{0}，第 {1} 版", "{0}, version {1}", CreditUnit.QUANTITY, version.number()));
                    }
                }))
                .replaceWithVoid();
    }
}

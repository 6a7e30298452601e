package cloud.wuye.device.metering.credit;

import cloud.wuye.device.metering.account.AccountLife;
import cloud.wuye.device.metering.account.CreditAuthority;
import cloud.wuye.device.metering.account.MeterAccount;
import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * What belongs to an account whose meter counts the credit: what the meter has counted so far, and what is on its way to it. What
 * the meter counts finer than its register tells is used up when it says that nothing is left.
 */
@ApplicationScoped
class OwnCreditLife implements AccountLife {
    private final MeterPurchases purchases;
    private final OwnCredits own;
    private final DrawOwnUsage draw;
    private final SettleDifference settle;

    OwnCreditLife(MeterPurchases purchases, OwnCredits own, DrawOwnUsage draw, SettleDifference settle) {
        this.purchases = purchases;
        this.own = own;
        this.draw = draw;
        this.settle = settle;
    }

    @Override
    public Uni<Void> opened(SqlConnection tx, MeterAccount account) {
        return account.authority() == CreditAuthority.METER
                ? own.begin(tx, account)
                : Uni.createFrom().voidItem();
    }

    @Override
    public Uni<Void> ending(SqlConnection tx, MeterAccount account) {
        return purchases
                .underWay(tx, account.tenantId(), account.pointId())
                .invoke(underWay -> {
                    if (underWay != null) {
                        throw new Problem(ProblemCode.CREDIT_NOT_SETTLED, "deviceId", underWay.toPlainString());
                    }
                })
                .chain(() -> account.authority() == CreditAuthority.METER
                        ? usedUp(tx, account)
                        : Uni.createFrom().voidItem());
    }

    private Uni<Void> usedUp(SqlConnection tx, MeterAccount account) {
        return draw.account(tx, account.tenantId(), account.pointId())
                .chain(() -> own.locked(tx, account.tenantId(), account.pointId()))
                .call(standing -> standing != null && standing.isUsedUp()
                        ? settle.usedUp(tx, account, standing)
                        : Uni.createFrom().voidItem())
                .chain(() -> own.end(tx, account));
    }
}

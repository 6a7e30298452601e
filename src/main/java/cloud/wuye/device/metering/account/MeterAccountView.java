package cloud.wuye.device.metering.account;

import cloud.wuye.tariff.Commodity;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** Who pays how for what is used at a service point. */
@Type("MeterAccount")
@Description(
        "Who pays how for what is used at a service point. Limits and levels are in its unit: yuan, or kWh and m³.")
public record MeterAccountView(
        @Id @NonNull @Description("The service point; it keeps its account when its meter is replaced.") UUID pointId,
        @Id @NonNull @Description("The meter that serves it now.") UUID deviceId,
        @NonNull @Description("What is used.") Commodity commodity,
        @NonNull @Description("Before use or after.") BillingMode mode,
        @NonNull @Description("Who counts credit down.") CreditAuthority authority,
        @NonNull @Description("What credit is counted in.") CreditUnit unit,
        @Id @NonNull @Description("The tariff plan.") UUID planId,
        @Id @Description("The resident who is asked to pay.") UUID customerId,
        @NonNull @Description("可透支额度: how far below zero credit may fall.") BigDecimal overdraftLimit,
        @NonNull @Description("How much more may be used after that, once the customer asks for it.")
                BigDecimal emergencyLimit,
        @Description("欠费不断电: never held for arrears.") boolean keepSupply,
        @NonNull @Description("At which credit the customer is told, falling.") List<@NonNull BigDecimal> lowLevels,
        @Id @Description("The cut-off policy; absent: the company's usual one.") UUID policyId,
        @NonNull @Description("Since when.") Instant openedAt,
        @Description("Until when; absent while it is open.") Instant closedAt,
        @Description("Changes with every change of terms; give it back when changing them.") int version) {
    /** What of an account is seen. */
    public static MeterAccountView of(MeterAccount account) {
        return account == null
                ? null
                : new MeterAccountView(
                        account.pointId(),
                        account.deviceId(),
                        account.commodity(),
                        account.mode(),
                        account.authority(),
                        account.unit(),
                        account.planId(),
                        account.customerId(),
                        account.overdraftLimit(),
                        account.emergencyLimit(),
                        account.keepSupply(),
                        account.lowLevels(),
                        account.policyId(),
                        account.openedAt(),
                        account.closedAt(),
                        account.version());
    }
}

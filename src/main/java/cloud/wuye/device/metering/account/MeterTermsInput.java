package cloud.wuye.device.metering.account;

import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.Input;
import org.eclipse.microprofile.graphql.NonNull;

/** On what terms a meter is paid for. Limits and levels in the unit of its credit. */
@Input("MeterTermsInput")
@Description("On what terms a meter is paid for. Limits and levels are in the unit of its credit: yuan, or kWh and m³.")
public record MeterTermsInput(
        @NonNull @NotNull @Description("Before use or after.") BillingMode mode,
        @Description("Who counts credit down. Absent: PLATFORM. METER needs PREPAID and QUANTITY.")
                CreditAuthority authority,
        @Description("What credit is counted in. Absent: MONEY. QUANTITY needs PREPAID and a plan with one price.")
                CreditUnit unit,
        @Id @NonNull @NotNull @Description("The tariff plan.") UUID planId,
        @Id @Description("The resident who is asked to pay.") UUID customerId,
        @PositiveOrZero
                @Digits(integer = 9, fraction = 4)
                @Description("可透支额度: how far below zero credit may fall. Absent: 0.")
                BigDecimal overdraftLimit,
        @PositiveOrZero
                @Digits(integer = 9, fraction = 4)
                @Description("How much more may be used after that, once the customer asks for it. Absent: 0.")
                BigDecimal emergencyLimit,
        @Description("欠费不断电: never held for arrears. Absent: false.") Boolean keepSupply,
        @Size(max = 5) @Description("At which credit the customer is told. Absent: 20 and 5.")
                List<@PositiveOrZero @Digits(integer = 9, fraction = 4) BigDecimal> lowLevels,
        @Id @Description("The cut-off policy. Absent: the company's usual one.") UUID policyId) {
    private static final List<BigDecimal> USUAL_LEVELS = List.of(new BigDecimal(20), new BigDecimal(5));

    CreditAuthority authorityOrUsual() {
        return authority == null ? CreditAuthority.PLATFORM : authority;
    }

    CreditUnit unitOrUsual() {
        return unit == null ? CreditUnit.MONEY : unit;
    }

    BigDecimal overdraft() {
        return overdraftLimit == null ? BigDecimal.ZERO : overdraftLimit;
    }

    BigDecimal emergency() {
        return emergencyLimit == null ? BigDecimal.ZERO : emergencyLimit;
    }

    /** Falling, each once. */
    List<BigDecimal> levels() {
        return (lowLevels == null ? USUAL_LEVELS : lowLevels)
                .stream()
                        .map(BigDecimal::stripTrailingZeros)
                        .distinct()
                        .sorted(Comparator.reverseOrder())
                        .toList();
    }
}

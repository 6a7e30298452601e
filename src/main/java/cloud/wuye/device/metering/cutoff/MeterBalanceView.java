package cloud.wuye.device.metering.cutoff;

import cloud.wuye.device.metering.account.CreditUnit;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** How a prepaid account stands and what comes next. */
@Type("MeterBalance")
@Description("How a prepaid account stands, and what comes next if use goes on as in the last seven days.")
public record MeterBalanceView(
        @Id @NonNull @Description("The service point.") UUID pointId,
        @NonNull @Description("What all but money in fen is counted in.") CreditUnit unit,
        @NonNull @Description("剩余: negative when overdrawn.") BigDecimal credit,
        @NonNull @Description("How it stands.") MeterBalanceState state,
        @NonNull @Description("可透支额度.") BigDecimal overdraftLimit,
        @NonNull @Description("How much of it is used.") BigDecimal overdraftUsed,
        @NonNull @Description("Emergency credit that can be taken when credit is used up.") BigDecimal emergencyLimit,
        @Description("Whether it was taken and is not repaid yet.") boolean emergencyTaken,
        @NonNull @Description("How much of it is used.") BigDecimal emergencyUsed,
        @NonNull @Description("欠费: what credit lacks to zero.") BigDecimal arrears,
        @NonNull @Description("What orders ask for that may still be paid, in fen.") Long pendingFen,
        @NonNull @Description("What was paid and is not credited yet, in fen.") Long paidFen,
        @Description("The level of low credit that comes next; absent when all were told of.") BigDecimal lowLevel,
        @Description("Use on an average day of the last seven; absent without readings.") BigDecimal usedPerDay,
        @Description("When credit is expected to fall below that level; absent if not within a year.") Instant lowAt,
        @Description("When credit is expected to reach its limit; absent if not within a year.") Instant limitAt,
        @Description("When supply could be cut off then, by policy; absent when it will not be.") Instant cutOffAt,
        @Description("Why supply is spared although credit is beyond its limit.") SpareReason sparedFor,
        @Description("Until when, if that is known.") Instant sparedUntil,
        @Description("Since when supply is held off for arrears.") Instant heldSince) {}

package cloud.wuye.device.metering.account;

import cloud.wuye.tariff.Commodity;
import io.vertx.mutiny.sqlclient.Row;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

/**
 * The account of a service point. Limits and levels are in the account's unit: yuan, or kWh and m³.
 *
 * @param pointId what is supplied; the subject of its credit in the ledger
 * @param deviceId the meter that serves it now
 * @param customerId the resident who is asked to pay, or null
 * @param overdraftLimit how far below zero credit may fall before supply is held
 * @param emergencyLimit how much more may be used after that, once the customer has asked for it
 * @param keepSupply never held for arrears (欠费不断电)
 * @param lowLevels at which credit the customer is told, falling
 * @param policyId the cut-off policy, or null for the company's usual one
 * @param version counts changes, for the optimistic lock
 */
public record MeterAccount(
        UUID tenantId,
        UUID pointId,
        UUID deviceId,
        Commodity commodity,
        BillingMode mode,
        CreditAuthority authority,
        CreditUnit unit,
        UUID planId,
        UUID customerId,
        BigDecimal overdraftLimit,
        BigDecimal emergencyLimit,
        boolean keepSupply,
        List<BigDecimal> lowLevels,
        UUID policyId,
        Instant openedAt,
        Instant closedAt,
        int version) {
    /** Whether what is read is charged by the service. */
    public boolean charged() {
        return authority == CreditAuthority.PLATFORM && closedAt == null;
    }

    static MeterAccount of(Row row) {
        OffsetDateTime closedAt = row.getOffsetDateTime("closed_at");
        return new MeterAccount(
                row.getUUID("tenant_id"),
                row.getUUID("point_id"),
                row.getUUID("device_id"),
                Commodity.valueOf(row.getString("commodity")),
                BillingMode.valueOf(row.getString("mode")),
                CreditAuthority.valueOf(row.getString("authority")),
                CreditUnit.valueOf(row.getString("unit")),
                row.getUUID("plan_id"),
                row.getUUID("customer_id"),
                row.getBigDecimal("overdraft_limit"),
                row.getBigDecimal("emergency_limit"),
                row.getBoolean("keep_supply"),
                List.of(row.getArrayOfBigDecimals("low_levels")),
                row.getUUID("policy_id"),
                row.getOffsetDateTime("opened_at").toInstant(),
                closedAt == null ? null : closedAt.toInstant(),
                row.getInteger("version"));
    }

    /** The highest credit below which somebody has to look at a prepaid account, or null where it does not matter. */
    BigDecimal lookBelow() {
        if (mode == BillingMode.POSTPAID || authority == CreditAuthority.METER) {
            return null;
        }
        return lowLevels.isEmpty() ? BigDecimal.ZERO : lowLevels.get(0);
    }
}

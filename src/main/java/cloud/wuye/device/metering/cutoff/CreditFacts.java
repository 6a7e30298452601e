package cloud.wuye.device.metering.cutoff;

import static cloud.wuye.platform.db.Columns.instant;

import cloud.wuye.device.metering.account.BillingMode;
import cloud.wuye.device.metering.account.CreditUnit;
import cloud.wuye.device.metering.billing.Arrears;
import io.vertx.mutiny.sqlclient.Row;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * What the database knows of an account that the service counts and that is looked at: the credit of a prepaid one, and of one
 * that is billed after use what is overdue.
 *
 * @param buildingId the building it stands in; where there is none the uppermost place, or the company
 * @param customerId the resident who is asked to pay, or null
 * @param meterName how people call the meter
 * @param told levels below which credit was known to be
 * @param emergencyAt when emergency credit was taken, or null
 * @param served whether the meter is there; it names the last one where none is
 * @param billed after use; credit is then what is overdue, below zero
 * @param overdueBills how many bills are overdue
 * @param overdueSince when the first of them became so, or null
 */
record CreditFacts(
        UUID tenantId,
        UUID pointId,
        UUID deviceId,
        UUID buildingId,
        UUID spaceId,
        UUID customerId,
        String meterName,
        CreditUnit unit,
        UUID policyId,
        BigDecimal credit,
        BigDecimal overdraft,
        BigDecimal emergency,
        boolean keepSupply,
        List<BigDecimal> lowLevels,
        boolean chargePending,
        Instant lastReadingAt,
        boolean anomaly,
        boolean clockDoubted,
        List<BigDecimal> told,
        Instant belowSince,
        Instant emergencyAt,
        Instant heldSince,
        SpareReason sparedFor,
        Instant sparedUntil,
        boolean served,
        boolean billed,
        int overdueBills,
        Instant overdueSince) {
    /** Whether the meter that is named still serves the point: it may be in a box by now, or serve another. */
    static final String SERVED = "(m.device_id IS NULL OR (m.in_service AND m.service_point_id = b.point_id))";

    private static final String FROM =
            """
            SELECT b.tenant_id, b.point_id, b.device_id, d.space_id, d.name, a.customer_id, b.credit, a.unit, a.policy_id, a.overdraft_limit, a.emergency_limit,
                   a.keep_supply, a.low_levels, a.mode, (b.rerate_from IS NOT NULL OR b.unpriced_since IS NOT NULL) AS charge_pending,
                   m.base_at, (m.suspect_since IS NOT NULL) AS anomaly, coalesce(s.clock_suspect, false) AS clock_doubted,
                   coalesce(w.told, '{}') AS told, w.below_since, w.emergency_at, w.held_since, w.spared_for, w.spared_until,
                   %s AS served,
                   coalesce((SELECT p.id FROM space p WHERE p.tenant_id = b.tenant_id AND p.id = ANY(u.path) AND p.kind = 'BUILDING'
                             ORDER BY cardinality(p.path) DESC LIMIT 1), u.path[1], b.tenant_id) AS building_id
            FROM meter_balance b
            JOIN meter_account a ON a.tenant_id = b.tenant_id AND a.point_id = b.point_id
            JOIN device d ON d.tenant_id = b.tenant_id AND d.id = b.device_id
            LEFT JOIN space u ON u.tenant_id = d.tenant_id AND u.id = d.space_id
            LEFT JOIN credit_watch w ON w.tenant_id = b.tenant_id AND w.point_id = b.point_id
            LEFT JOIN meter_state m ON m.tenant_id = b.tenant_id AND m.device_id = b.device_id AND m.register = b.register
            LEFT JOIN device_state s ON s.tenant_id = b.tenant_id AND s.device_id = b.device_id
            WHERE a.authority = 'PLATFORM' AND a.closed_at IS NULL AND\s"""
                    .formatted(SERVED);

    /** Without a meter nothing is cut off; what is held already may be paid. */
    private static final String JUDGED = "(" + SERVED + " OR w.held_since IS NOT NULL) AND ";

    /** Those that are due, held; what somebody else has is left to them. */
    static final String DUE = FROM + JUDGED + "b.look_at <= $1 ORDER BY b.look_at LIMIT $2 FOR UPDATE OF b SKIP LOCKED";

    /** One, held. */
    static final String ONE = FROM + JUDGED + "b.tenant_id = $1 AND b.point_id = $2 FOR UPDATE OF b";

    /** As they stand, for whoever only looks. */
    static final String OF_POINTS = FROM + "a.mode = 'PREPAID' AND b.point_id = ANY($1)";

    static CreditFacts of(Row row) {
        String sparedFor = row.getString("spared_for");
        return new CreditFacts(
                row.getUUID("tenant_id"),
                row.getUUID("point_id"),
                row.getUUID("device_id"),
                row.getUUID("building_id"),
                row.getUUID("space_id"),
                row.getUUID("customer_id"),
                row.getString("name"),
                CreditUnit.valueOf(row.getString("unit")),
                row.getUUID("policy_id"),
                row.getBigDecimal("credit"),
                row.getBigDecimal("overdraft_limit"),
                row.getBigDecimal("emergency_limit"),
                row.getBoolean("keep_supply"),
                List.of(row.getArrayOfBigDecimals("low_levels")),
                row.getBoolean("charge_pending"),
                instant(row, "base_at"),
                row.getBoolean("anomaly"),
                row.getBoolean("clock_doubted"),
                List.of(row.getArrayOfBigDecimals("told")),
                instant(row, "below_since"),
                instant(row, "emergency_at"),
                instant(row, "held_since"),
                sparedFor == null ? null : SpareReason.valueOf(sparedFor),
                instant(row, "spared_until"),
                row.getBoolean("served"),
                row.getString("mode").equals(BillingMode.POSTPAID.name()),
                0,
                null);
    }

    /**
     * Of an account that is billed after use: what is overdue of its bills is what its credit lacks; what is not billed yet, and
     * limits of credit, do not matter.
     *
     * @param overdue null when nothing is
     */
    CreditFacts with(Arrears.Overdue overdue) {
        return new CreditFacts(
                tenantId,
                pointId,
                deviceId,
                buildingId,
                spaceId,
                customerId,
                meterName,
                unit,
                policyId,
                overdue == null ? BigDecimal.ZERO : BigDecimal.valueOf(-overdue.fen(), 2),
                BigDecimal.ZERO,
                BigDecimal.ZERO,
                keepSupply,
                List.of(),
                chargePending,
                lastReadingAt,
                anomaly,
                clockDoubted,
                told,
                belowSince,
                null,
                heldSince,
                sparedFor,
                sparedUntil,
                served,
                billed,
                overdue == null ? 0 : overdue.bills(),
                overdue == null ? null : overdue.since());
    }

    /** Which levels its credit has fallen below; bills have none. */
    CreditLevels levels() {
        return billed ? new CreditLevels(List.of(), List.of(), null) : CreditLevels.of(credit, lowLevels, told);
    }

    /** How far below zero credit may fall. */
    BigDecimal limit() {
        return emergencyTaken() ? overdraft.add(emergency) : overdraft;
    }

    /** Repaid when credit is no longer below zero. */
    boolean emergencyTaken() {
        return emergencyAt != null && credit.signum() < 0;
    }

    boolean beyondLimit() {
        return credit.compareTo(limit().negate()) < 0;
    }
}

package cloud.wuye.device.metering.billing;

import cloud.wuye.platform.paging.Select;
import cloud.wuye.space.occupancy.Occupancies;
import cloud.wuye.tariff.Commodity;
import io.vertx.mutiny.sqlclient.Row;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** A bill as those see it whose it is. It leads nowhere else: not to who is asked to pay, not to who has paid. */
@Type("MyMeterBill")
@Description("账单: what usage of a meter of the caller's costs, asked for after use. Sums are in fen.")
public record MyMeterBillView(
        @Id @NonNull @Description("The id.") UUID id,
        @NonNull @Description("账单编号: the number that people read out.") String number,
        @Id @NonNull @Description("The meter that served at the end.") UUID deviceId,
        @NonNull @Description("表号: that meter's number.") String meterNo,
        @NonNull @Description("What is billed.") Commodity commodity,
        @NonNull @Description("Where the bill before it ended.") Instant fromAt,
        @NonNull @Description("The reading it goes up to; the end of the period where that is estimated.")
                Instant untilAt,
        @Description("true: the meter was not read in time, a part is estimated and the next bill takes it back.")
                boolean estimated,
        @Description("What the meter showed at its end; absent when estimated.") BigDecimal register,
        @NonNull @Description("用量: kWh or m³, corrections included.") BigDecimal quantity,
        @NonNull @Description("What it says: this period's usage and corrections.") Long totalFen,
        @NonNull @Description("What the bill before it left in the customer's favour: never above 0.") Long broughtFen,
        @NonNull @Description("应缴: what is asked for.") Long payableFen,
        @NonNull @Description("已缴: what was paid of it.") Long paidFen,
        @NonNull @Description("未缴: what is left to pay.") Long openFen,
        @NonNull @Description("What was given up of it.") Long writtenOffFen,
        @NonNull @Description("How it stands.") BillState state,
        @NonNull @Description("When it was issued.") Instant issuedAt,
        @NonNull @Description("The last day on which to pay.") LocalDate dueOn,
        @Description("When nothing was left to pay.") Instant settledAt) {
    /**
     * A bill is a resident's who is asked to pay it, and everybody's who lives with the meter now and did so when the bill's
     * period ended: who moves in does not find the bills of who was there before.
     */
    private static final String MINE =
            """
            b.id in (select m.id from meter_bill m where m.customer_id = ?
              union all
              select m.id from device e join meter_account a on a.tenant_id = e.tenant_id and a.device_id = e.id and a.closed_at is null
              join meter_bill m on m.tenant_id = a.tenant_id and m.point_id = a.point_id
              where e.space_id"""
                    + Occupancies.OCCUPIED + " and e.space_id in (select occupied_space(?, m.until_at)))";

    /** The bills of this resident at this moment. */
    static Select of(UUID resident, Instant now) {
        return Select.of(MeterBillView.SELECT).where(MINE, resident, resident, now, resident);
    }

    static MyMeterBillView of(Row row) {
        MeterBillView bill = MeterBillView.of(row);
        return new MyMeterBillView(
                bill.id(),
                bill.number(),
                bill.deviceId(),
                bill.meterNo(),
                bill.commodity(),
                bill.fromAt(),
                bill.untilAt(),
                bill.estimated(),
                bill.register(),
                bill.quantity(),
                bill.totalFen(),
                bill.broughtFen(),
                bill.payableFen(),
                bill.paidFen(),
                bill.openFen(),
                bill.writtenOffFen(),
                bill.state(),
                bill.issuedAt(),
                bill.dueOn(),
                bill.settledAt());
    }
}

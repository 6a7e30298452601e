package cloud.wuye.device.metering.settlement;

import cloud.wuye.device.metering.account.BillingMode;
import cloud.wuye.platform.paging.InstantRangeInput;
import cloud.wuye.platform.paging.Select;
import cloud.wuye.tariff.Commodity;
import java.util.UUID;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.Input;

/** Which settlements a list shows; absent fields filter nothing. */
@Input("SettlementRecordFilterInput")
@Description("Which settlements a list shows. Absent fields filter nothing.")
public record SettlementRecordFilterInput(
        @Id @Description("Only those of this meter.") UUID deviceId,
        @Id @Description("Only those of this service point.") UUID pointId,
        @Id @Description("Only those of this run.") UUID runId,
        @Description("Those whose meter's number begins like this.") String meterNo,
        @Description("Only those of this commodity.") Commodity commodity,
        @Description("Only those of accounts paid for so.") BillingMode mode,
        @Description("Only those settled in this span of time.") InstantRangeInput settledAt) {
    static final SettlementRecordFilterInput NONE =
            new SettlementRecordFilterInput(null, null, null, null, null, null, null);

    Select narrow(Select all) {
        return all.eq("r.device_id", deviceId)
                .eq("r.point_id", pointId)
                .eq("r.run_id", runId)
                .startsWith("d.serial_no", meterNo)
                .eq("r.commodity", commodity)
                .eq("r.mode", mode)
                .between("r.settled_at", settledAt);
    }
}

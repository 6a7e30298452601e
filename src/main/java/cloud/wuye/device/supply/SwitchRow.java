package cloud.wuye.device.supply;

import cloud.wuye.device.contract.DeviceClass;
import cloud.wuye.device.inbox.ReportedSwitch;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;

/**
 * One device's switch, locked, with what the registry and the device say of it.
 *
 * @param reason of its newest open hold, or null
 * @param stateVersion the newest version of its state that it told of; null while it is not there, or when it told of none
 * @param openNow its open switching command as of this moment, whose row is not locked; or null
 */
record SwitchRow(
        UUID deviceId,
        DeviceClass deviceClass,
        boolean inService,
        SwitchState desired,
        ReportedSwitch reported,
        boolean cut,
        boolean permitted,
        Instant quietUntil,
        String reason,
        Long stateVersion,
        UUID openNow) {

    static SwitchRow of(Row row) {
        String reported = row.getString("reported");
        OffsetDateTime quiet = row.getOffsetDateTime("quiet_until");
        return new SwitchRow(
                row.getUUID("device_id"),
                DeviceClass.of(row.getString("device_class")),
                row.getBoolean("in_service"),
                SwitchState.valueOf(row.getString("desired")),
                reported == null ? null : ReportedSwitch.valueOf(reported),
                row.getBoolean("cut"),
                row.getBoolean("permitted"),
                quiet == null ? null : quiet.toInstant(),
                row.getString("reason"),
                row.getLong("state_version"),
                row.getUUID("open_now"));
    }

    SwitchDecision.Facts facts(SwitchTarget open, boolean waiting, Instant now) {
        return new SwitchDecision.Facts(
                desired,
                reported,
                cut,
                permitted,
                deviceClass == DeviceClass.WMETER,
                open,
                waiting,
                quietUntil != null && now.isBefore(quietUntil));
    }
}

package cloud.wuye.device.supply;

import cloud.wuye.device.inbox.ReportedSwitch;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** The answer to "why is it off?". */
@Type("WhyOff")
@Description("The answer to \"why is it off?\".")
public record WhyOffView(
        @NonNull @Description("The answer for machines.") Code code,
        @NonNull @Description("The answer in Chinese.") String zh,
        @NonNull @Description("The answer in English.") String en) {

    /** What is the matter. */
    @Description("Why a device is off, or not as it should be.")
    public enum Code {
        @Description("It is off because something holds it off.")
        HELD,
        @Description("Something holds it off, and the command to switch it off is on its way.")
        SWITCHING_OFF,
        @Description("Something holds it off, but it is offline; it will be switched off when it returns.")
        OFF_WHEN_BACK,
        @Description("Nothing holds it off any more, and the command to switch it on is on its way.")
        SWITCHING_ON,
        @Description("Nothing holds it off any more, but it is offline; it will be switched on when it returns.")
        ON_WHEN_BACK,
        @Description("Nothing holds it off: it opened by itself or by hand. Look at the site and close it there.")
        OPENED_AT_DEVICE
    }

    static WhyOffView of(
            SwitchState desired, ReportedSwitch reported, boolean online, boolean cut, List<HoldView> holds) {
        if (desired == SwitchState.OFF) {
            return held(reported, online, holds);
        }
        if (reported == null || reported == ReportedSwitch.ON) {
            return null;
        }
        if (!cut) {
            return new WhyOffView(
                    Code.OPENED_AT_DEVICE,
                    "无断电原因：设备自行或被人工断开，请到现场确认后合闸",
                    "Nothing holds it off: it opened by itself or by hand; look at the site and close it there");
        }
        return online
                ? new WhyOffView(Code.SWITCHING_ON, "正在恢复供应", "Being switched on again")
                : new WhyOffView(Code.ON_WHEN_BACK, "设备离线，恢复连接后送电", "Offline; will be switched on when it returns");
    }

    private static WhyOffView held(ReportedSwitch reported, boolean online, List<HoldView> holds) {
        String zh = reasons(holds, HoldReason::zh, "、");
        String en = reasons(holds, HoldReason::en, ", ");
        if (reported == ReportedSwitch.OFF) {
            return new WhyOffView(Code.HELD, "已断开：" + zh, "Off: " + en);
        }
        return online
                ? new WhyOffView(Code.SWITCHING_OFF, "正在断开：" + zh, "Being switched off: " + en)
                : new WhyOffView(
                        Code.OFF_WHEN_BACK,
                        "设备离线，恢复连接后断开：" + zh,
                        "Offline; will be switched off when it returns: " + en);
    }

    private static String reasons(List<HoldView> holds, Function<HoldReason, String> text, String joint) {
        return holds.stream()
                .map(hold -> text.apply(hold.reason()) + (hold.note() == null ? "" : " (" + hold.note() + ")"))
                .distinct()
                .collect(Collectors.joining(joint));
    }
}

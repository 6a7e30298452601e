package cloud.wuye.device.supply;

import org.eclipse.microprofile.graphql.Description;

/** Why a device is kept off. */
@Description("Why a device is kept off.")
public enum HoldReason {
    @Description("Its credit is used up or its bill is not paid.")
    ARREARS("欠费", "in arrears"),
    @Description("A member of staff forced it off.")
    MANUAL("人工断电", "forced off by staff"),
    @Description("A timetable keeps it off.")
    SCHEDULE("定时断电", "off by timetable"),
    @Description("Locked out for safety; only a person may release it.")
    SAFETY("安全锁定", "locked out for safety"),
    @Description("Nobody lives there.")
    VACANT("房屋空置", "vacant"),
    @Description("The charging pile is out of use.")
    PILE_DISABLED("充电桩停用", "charging pile disabled");

    private final String zh;
    private final String en;

    HoldReason(String zh, String en) {
        this.zh = zh;
        this.en = en;
    }

    String zh() {
        return zh;
    }

    String en() {
        return en;
    }
}

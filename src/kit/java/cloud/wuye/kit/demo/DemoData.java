package cloud.wuye.kit.demo;

import cloud.wuye.kit.demo.DemoCompany.DemoMeter;
import cloud.wuye.kit.demo.DemoCompany.DemoPerson;
import cloud.wuye.kit.demo.DemoCompany.DemoSchedule;
import cloud.wuye.kit.demo.DemoCompany.DemoSpace;
import java.util.ArrayList;
import java.util.List;

/** The two companies: one of flats and shops, one of offices. */
final class DemoData {
    /** The password of everybody in the demo but the operator; for development only. */
    static final String PASSWORD = "wuye-demo-2026";

    private static final String ELECTRICITY = "ELECTRICITY_METER";
    private static final String WATER = "WATER_METER";

    private final String prefix;
    private final List<DemoSpace> spaces = new ArrayList<>();
    private final List<DemoMeter> meters = new ArrayList<>();

    private DemoData(String prefix) {
        this.prefix = prefix;
    }

    static List<DemoCompany> companies() {
        return List.of(haitang(), yunshan());
    }

    private static DemoCompany haitang() {
        DemoData data = new DemoData("HT");
        String estate = data.space("海棠花园", "COMMUNITY");
        for (int building = 1; building <= 2; building++) {
            String house = data.space(estate + "/" + building + "号楼", "BUILDING");
            data.electricity(house + "公共", "E%d000".formatted(building), house, "common");
            for (int floor = 1; floor <= 4; floor++) {
                String level = data.space(house + "/" + floor + "层", "FLOOR");
                for (int flat = 1; flat <= 3; flat++) {
                    String number = "%d%02d".formatted(floor, flat);
                    String unit = data.space(level + "/" + number, "UNIT");
                    data.electricity(building + "号楼" + number, "E%d%s".formatted(building, number), unit, "home");
                    if (floor == 1 && flat <= 2) {
                        data.water(building + "号楼" + number, "W%d%s".formatted(building, number), unit);
                    }
                }
            }
        }
        String street = data.space(estate + "/商铺街", "ZONE");
        for (int shop = 1; shop <= 4; shop++) {
            String unit = data.space(street + "/商铺" + shop, "UNIT");
            data.electricity("商铺" + shop, "E300%d".formatted(shop), unit, "shop");
        }
        return new DemoCompany(
                "haitang",
                "海棠物业",
                List.of(
                        new DemoPerson("lin.manager", "林晓梅", "manager"),
                        new DemoPerson("chen.finance", "陈静", "finance"),
                        new DemoPerson("wang.tech", "王强", "technician"),
                        new DemoPerson("zhang.resident", "张伟", "resident", estate + "/1号楼/1层/101", "OWNER"),
                        new DemoPerson("liu.resident", "刘洋", "resident", estate + "/1号楼/1层/102", "LESSEE"),
                        new DemoPerson("he.resident", "何静", "resident", estate + "/1号楼/1层/103", "OWNER")),
                data.spaces,
                data.meters,
                List.of(new DemoSchedule("商铺夜间断电", street, "23:30", "06:30")),
                DemoMoney.haitang(data.meters));
    }

    private static DemoCompany yunshan() {
        DemoData data = new DemoData("YS");
        String tower = data.space("云杉大厦", "BUILDING");
        data.electricity("大厦公共", "E0000", tower, "common");
        data.water("大厦总表", "W0000", tower);
        for (int floor = 1; floor <= 4; floor++) {
            String level = data.space(tower + "/" + floor + "层", "FLOOR");
            for (int office = 1; office <= 2; office++) {
                String number = "%d%02d".formatted(floor, office);
                String unit = data.space(level + "/" + number, "UNIT");
                data.electricity(number, "E0" + number, unit, floor == 1 ? "shop" : "office");
            }
        }
        return new DemoCompany(
                "yunshan",
                "云杉物业",
                List.of(
                        new DemoPerson("zhao.manager", "赵敏", "manager"),
                        new DemoPerson("sun.finance", "孙丽", "finance"),
                        new DemoPerson("zhou.tech", "周杰", "technician"),
                        new DemoPerson("wu.resident", "吴芳", "resident", tower + "/1层/101", "LESSEE")),
                data.spaces,
                data.meters,
                List.of(
                        new DemoSchedule("四层夜间断电", tower + "/4层", "22:00", "07:00"),
                        new DemoSchedule("三层午夜断电", tower + "/3层", "00:30", "05:30")),
                DemoMoney.yunshan(data.meters));
    }

    private String space(String path, String kind) {
        int siblings = (int) spaces.stream()
                .filter(each -> each.parent().equals(new DemoSpace(path, kind, 0).parent()))
                .count();
        spaces.add(new DemoSpace(path, kind, siblings + 1));
        return path;
    }

    private void electricity(String where, String number, String space, String profile) {
        String name = where.substring(where.lastIndexOf('/') + 1) + "电表";
        meters.add(new DemoMeter(prefix + number, name, ELECTRICITY, "DDZY-SIM", space, profile));
    }

    private void water(String where, String number, String space) {
        String name = where.substring(where.lastIndexOf('/') + 1) + "水表";
        meters.add(new DemoMeter(prefix + number, name, WATER, "LXSY-SIM", space, "water"));
    }
}

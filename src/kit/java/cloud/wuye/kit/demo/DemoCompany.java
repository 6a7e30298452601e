package cloud.wuye.kit.demo;

import java.util.List;

/**
 * A property company as the demo wants it.
 *
 * @param code its short name, realm and topic segment
 * @param spaces every space after the one it stands under
 */
record DemoCompany(
        String code,
        String name,
        List<DemoPerson> people,
        List<DemoSpace> spaces,
        List<DemoMeter> meters,
        List<DemoSchedule> schedules,
        DemoMoney money) {
    /** Its number at the payment simulator, always the same. */
    String merchantId() {
        return "19" + String.format("%08d", Math.floorMod(code.hashCode(), 100_000_000));
    }

    DemoPerson manager() {
        return people.get(0);
    }

    /**
     * Somebody who can log in.
     *
     * @param role the realm's word
     * @param home the path of the space that a resident lives or works in; null for staff
     * @param stay as what, in the service's word; null for staff
     */
    record DemoPerson(String username, String name, String role, String home, String stay) {
        /** One of the staff. */
        DemoPerson(String username, String name, String role) {
            this(username, name, role, null, null);
        }

        boolean isStaff() {
            return !role.equals("resident");
        }
    }

    /** A space; its path names it and those above it, separated by slashes. */
    record DemoSpace(String path, String kind, int position) {
        String name() {
            return path.substring(path.lastIndexOf('/') + 1);
        }

        /** Empty at the top. */
        String parent() {
            return path.contains("/") ? path.substring(0, path.lastIndexOf('/')) : "";
        }
    }

    /** A meter in the space of that path; kind is the registry's word, profile the simulator's. */
    record DemoMeter(String serial, String name, String kind, String model, String space, String profile) {}

    /** Everything in the space of that path is off from one time of day to the other. */
    record DemoSchedule(String name, String space, String off, String on) {}
}

package cloud.wuye.leak;

import cloud.wuye.device.inbox.TestDevices;
import cloud.wuye.platform.dev.KitSettings;
import cloud.wuye.testing.KitServers;
import cloud.wuye.testing.TestTenants;
import io.restassured.RestAssured;

/** Two companies next door to each other that own something of everything. Made once: it takes seconds. */
record TwoCompanies(Inhabited victim, Inhabited neighbour) {
    private static TwoCompanies made;

    /** The two, with the broker asking the service about devices as it does in earnest. */
    static synchronized TwoCompanies settled(TestDevices tables) {
        askTheServiceAboutDevices();
        if (made == null) {
            made = new TwoCompanies(
                    Inhabited.by(TestTenants.fresh(), tables), Inhabited.by(TestTenants.fresh(), tables));
        }
        return made;
    }

    static void askTheServiceAboutDevices() {
        KitServers.shared().askAboutDevicesAt("http://127.0.0.1:" + RestAssured.port + KitSettings.DEVICE_DOOR);
    }
}

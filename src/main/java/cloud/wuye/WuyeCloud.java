package cloud.wuye;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.annotations.QuarkusMain;
@QuarkusMain
public class WuyeCloud {
    public static void main(String... args) throws Exception {
        System.out.println("MAIN " + LaunchMode.current() + " " + System.getProperty("user.dir") + " " + WuyeCloud.class.getProtectionDomain());
        System.out.println(new java.io.File("target/kit.classpath").exists() + " " + new java.io.File("target/test-classes/cloud/wuye/kit/Kit.class").exists());
        try { Class.forName("com.hivemq.embedded.EmbeddedHiveMQ", false, Thread.currentThread().getContextClassLoader()); System.out.println("visible"); } catch (Throwable t) { System.out.println(t); }
        Quarkus.run(args);
    }
}

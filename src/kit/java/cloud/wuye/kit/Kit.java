package cloud.wuye.kit; public class Kit { }

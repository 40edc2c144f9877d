import static org.codelibs.opensearch.runner.OpenSearchRunner.newConfigs;

import org.codelibs.opensearch.runner.OpenSearchRunner;

/** One OpenSearch node in a process of its own: FOLDER CLUSTER HTTP-PORT TRANSPORT-PORT SEEDS [NAME=VALUE …]; gone when its input ends. */
public class Node {
    public static void main(final String[] words) throws Exception {
        final String[] seeds = words[4].split(",");
        final OpenSearchRunner runner = new OpenSearchRunner();
        runner.onBuild((number, settings) -> {
            settings.put("network.host", "127.0.0.1");
            settings.put("http.port", words[2]);
            settings.put("transport.port", words[3]);
            settings.put("node.name", "127.0.0.1:" + words[3]);
            settings.putList("discovery.seed_hosts", seeds);
            settings.putList("cluster.initial_cluster_manager_nodes", seeds);
            settings.put("cluster.routing.allocation.disk.threshold_enabled", false);
            for (int at = 5; at < words.length; at++) {
                settings.put(words[at].split("=", 2)[0], words[at].split("=", 2)[1]);
            }
        });
        final OpenSearchRunner.Configs configs = newConfigs().basePath(words[0]).clusterName(words[1]).numOfNode(1).useLogger();
        if (System.getProperty("plugins") != null) {
            configs.pluginTypes(System.getProperty("plugins"));
        }
        runner.build(configs);
        System.in.read();
        System.exit(0);
    }
}

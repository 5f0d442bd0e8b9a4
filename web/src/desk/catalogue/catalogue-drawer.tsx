import { Drawer } from "antd";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";

interface CatalogueDrawerProps {
  readonly title: string;
  readonly onClosed: () => void;
  readonly content: (close: () => void) => ReactNode;
}

/** One entry over the list that it is in. */
export function CatalogueDrawer({ title, onClosed, content }: CatalogueDrawerProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(true);
  const close = () => setOpen(false);
  return (
    <Drawer
      open={open}
      title={title}
      size={640}
      closable={{ "aria-label": t("common.close") }}
      mask={{ closable: false }}
      onClose={close}
      afterOpenChange={(opened) => {
        if (!opened) onClosed();
      }}
      styles={{ body: { padding: 0, overflow: "hidden" } }}
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and the keyboard must reach it also when there is nothing to press in it */}
      <section className="catalogue-drawer" tabIndex={0} aria-label={title}>
        {content(close)}
      </section>
    </Drawer>
  );
}

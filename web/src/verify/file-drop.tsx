import { type DragEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "../shell/icon.tsx";

interface FileDropProps {
  readonly busy: boolean;
  readonly onFile: (file: File) => void;
}

/** A plain file input with a large drop area as its label: works by mouse, finger, keyboard and screen reader. */
export function FileDrop({ busy, onFile }: FileDropProps) {
  const { t } = useTranslation();
  const [over, setOver] = useState(false);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const [file] = event.dataTransfer.files;
    if (file && !busy) onFile(file);
  };
  return (
    <label
      className={over ? "file-drop file-drop-over" : "file-drop"}
      onDrop={drop}
      onDragLeave={() => setOver(false)}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
    >
      <input
        type="file"
        className="unseen"
        accept="application/pdf,.pdf"
        disabled={busy}
        onChange={({ target }) => {
          const [file] = target.files ?? [];
          if (file) onFile(file);
          target.value = "";
        }}
      />
      <Icon name="file" size={36} />
      <strong className="file-drop-action">
        {t(busy ? "verify.checking" : over ? "verify.drop" : "verify.choose")}
      </strong>
      <span className="soft small">{t("verify.dropHint")}</span>
    </label>
  );
}
